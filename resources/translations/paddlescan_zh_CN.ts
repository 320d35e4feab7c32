<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>Everything is read on this computer; nothing leaves it.</source>
        <translation>所有识别都在本机完成，内容不会外传。</translation>
    </message>
    <message>
        <source>Reading by PaddleOCR. PaddleScan is free software under the Apache License 2.0.</source>
        <translation>识别引擎：PaddleOCR。PaddleScan 是自由软件，采用 Apache License 2.0 许可。</translation>
    </message>
    <message>
        <source>Your lists are kept in {folder}</source>
        <translation>票据数据保存在：{folder}</translation>
    </message>
    <message>
        <source>About PaddleScan</source>
        <translation>关于 PaddleScan</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Scan from scanner…</source>
        <translation>从扫描仪获取…</translation>
    </message>
    <message>
        <source>New batch</source>
        <translation>新建批次</translation>
    </message>
    <message>
        <source>Name this batch…</source>
        <translation>命名本批次…</translation>
    </message>
    <message>
        <source>Earlier batches…</source>
        <translation>历史批次…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Read an edited table back…</source>
        <translation>读回修改过的表格…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find and replace…</source>
        <translation>查找和替换…</translation>
    </message>
    <message>
        <source>Fill down</source>
        <translation>向下填充</translation>
    </message>
    <message>
        <source>Set a field of the selected rows…</source>
        <translation>统一填写所选行…</translation>
    </message>
    <message>
        <source>Add a row by hand</source>
        <translation>手工添加一行</translation>
    </message>
    <message>
        <source>Remove rows</source>
        <translation>移除所选行</translation>
    </message>
    <message>
        <source>Restore removed rows</source>
        <translation>恢复移除的行</translation>
    </message>
    <message>
        <source>Read this page again</source>
        <translation>重新识别本页</translation>
    </message>
    <message>
        <source>Read failed pages again</source>
        <translation>重新识别失败页</translation>
    </message>
    <message>
        <source>Receipts on this page</source>
        <translation>本页票据</translation>
    </message>
    <message>
        <source>Take text from the page</source>
        <translation>从页面取字</translation>
    </message>
    <message>
        <source>Go to the page, and back with Esc</source>
        <translation>转到页面（Esc 返回）</translation>
    </message>
    <message>
        <source>Next to check</source>
        <translation>下一处待核对</translation>
    </message>
    <message>
        <source>Previous to check</source>
        <translation>上一处待核对</translation>
    </message>
    <message>
        <source>Add sample receipts</source>
        <translation>添加示例票据</translation>
    </message>
    <message>
        <source>Add a piece of the screen…</source>
        <translation>截取屏幕区域…</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面列表</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show only those to check</source>
        <translation>只看待核对</translation>
    </message>
    <message>
        <source>Show only those that failed</source>
        <translation>只看失败</translation>
    </message>
    <message>
        <source>Show only those to scan again</source>
        <translation>只看需重扫</translation>
    </message>
    <message>
        <source>Show only those seen before</source>
        <translation>只看疑似重复的票据</translation>
    </message>
    <message>
        <source>Show removed rows</source>
        <translation>显示已移除的行</translation>
    </message>
    <message>
        <source>Doubtful first</source>
        <translation>待核对的在前</translation>
    </message>
    <message>
        <source>Filter by merchant, date, amount</source>
        <translation>按商户、日期、金额筛选</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>汇总</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>详情…</translation>
    </message>
    <message>
        <source>User manual</source>
        <translation>使用手册</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Save a support file…</source>
        <translation>保存诊断文件…</translation>
    </message>
    <message>
        <source>About PaddleScan</source>
        <translation>关于 PaddleScan</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Scan</source>
        <translation>扫描(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
</context>
<context>
    <name>AngleFigure</name>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Receipts ({kinds})</source>
        <translation>票据文件 ({kinds})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>The picture on the clipboard is damaged or too large</source>
        <translation>剪贴板中的图片已损坏或过大</translation>
    </message>
    <message>
        <source>What was copied is not on this computer: save it in a folder, then add it</source>
        <translation>复制的内容不在本机：请先保存到文件夹，再添加</translation>
    </message>
    <message>
        <source>There is no file or picture on the clipboard</source>
        <translation>剪贴板上没有文件或图片</translation>
    </message>
</context>
<context>
    <name>Batch</name>
    <message>
        <source>Samples</source>
        <translation>示例票据</translation>
    </message>
    <message>
        <source>From the command line</source>
        <translation>来自命令行</translation>
    </message>
    <message>
        <source>Batch {number}</source>
        <translation>批次 {number}</translation>
    </message>
</context>
<context>
    <name>BatchesDialog</name>
    <message>
        <source>Earlier batches</source>
        <translation>历史批次</translation>
    </message>
    <message>
        <source>Which batch do you want to see?</source>
        <translation>要打开哪个批次？</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页数</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>待核对</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Before</source>
        <translation>处理前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>处理后</translation>
    </message>
    <message>
        <source>Drag to turn the page, or drag it anywhere with Shift; Esc puts it back</source>
        <translation>拖动可转动页面；按住 Shift 可在页面任意处拖动；Esc 还原</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Arrow keys move the page, + and - zoom, F fits it, Space changes between before and after, comma and full stop turn it.</source>
        <translation>方向键移动页面，+ 和 - 缩放，F 显示整页，空格切换处理前后，逗号和句点转动页面。</translation>
    </message>
</context>
<context>
    <name>Cells</name>
    <message>
        <source>Removed</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>Seen before</source>
        <translation>疑似重复</translation>
    </message>
    <message>
        <source>Added by hand</source>
        <translation>手工添加</translation>
    </message>
    <message>
        <source>{count} pages</source>
        <translation>共 {count} 页</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>待核对</translation>
    </message>
    <message>
        <source>Being saved…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
</context>
<context>
    <name>ChecksView</name>
    <message>
        <source>Checks</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>{keys}: {button}</source>
        <translation>{keys}：{button}</translation>
    </message>
    <message>
        <source>{sentence}: {first}</source>
        <translation>{sentence}：{first}</translation>
    </message>
    <message>
        <source>Show the first</source>
        <translation>查看首张</translation>
    </message>
    <message>
        <source>Not the same</source>
        <translation>不是重复</translation>
    </message>
    <message>
        <source>This receipt is another one; keep both</source>
        <translation>这是另一张票据，两张都保留</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>确认无误</translation>
    </message>
    <message>
        <source>The receipt is right as it is</source>
        <translation>票据原本如此，无需修改</translation>
    </message>
    <message>
        <source>Use {value}</source>
        <translation>改为 {value}</translation>
    </message>
    <message>
        <source>{field}: {value}</source>
        <translation>{field}：{value}</translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>{dpi} dpi</source>
        <translation>{dpi} dpi</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>As large as it can</source>
        <translation>最大幅面</translation>
    </message>
    <message>
        <source>Glass (flatbed)</source>
        <translation>平板</translation>
    </message>
    <message>
        <source>Feeder</source>
        <translation>进纸器</translation>
    </message>
    <message>
        <source>Feeder, both sides</source>
        <translation>进纸器，双面</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>重新查找(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Scanner</source>
        <translation>扫描仪(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>来源(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Resolution</source>
        <translation>分辨率(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>颜色(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paper</source>
        <translation>纸张(&amp;P)</translation>
    </message>
</context>
<context>
    <name>Corrections</name>
    <message>
        <source>What corrections taught</source>
        <translation>从更正中记住的内容</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Where this is read</source>
        <translation>识别为</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>记录日期</translation>
    </message>
    <message>
        <source>This is offered</source>
        <translation>建议改为</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Delete &amp;all</source>
        <translation>全部删除(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Put back</source>
        <translation>恢复(&amp;P)</translation>
    </message>
    <message>
        <source>What you corrected is offered where the same is read again.</source>
        <translation>您更正过的内容，再次识别到相同文字时会作为建议给出。</translation>
    </message>
    <message>
        <source>Nothing yet. A merchant that you correct is offered where the same is read again.</source>
        <translation>暂无内容。更正过的商户，再次识别到相同文字时会作为建议给出。</translation>
    </message>
</context>
<context>
    <name>Destination</name>
    <message>
        <source>F&amp;older</source>
        <translation>文件夹(&amp;O)</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>文件(&amp;I)</translation>
    </message>
    <message>
        <source>Folder of the copies</source>
        <translation>副本文件夹</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>选择(&amp;C)…</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>本页</translation>
    </message>
    <message>
        <source>The whole batch</source>
        <translation>整个批次</translation>
    </message>
    <message>
        <source>Show routine steps</source>
        <translation>显示常规步骤</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
</context>
<context>
    <name>DetailsWires</name>
    <message>
        <source>{file}, page {page}</source>
        <translation>{file}，第 {page} 页</translation>
    </message>
    <message>
        <source>Save a support file</source>
        <translation>保存诊断文件</translation>
    </message>
    <message>
        <source>Support files ({kinds})</source>
        <translation>诊断文件 ({kinds})</translation>
    </message>
    <message>
        <source>Writing the support file…</source>
        <translation>正在生成诊断文件…</translation>
    </message>
    <message>
        <source>Saved {file}</source>
        <translation>已保存 {file}</translation>
    </message>
</context>
<context>
    <name>DoneLine</name>
    <message>
        <source>Turn, receipts and seals are found when the page is read.</source>
        <translation>方向、票据和印章将在识别时确定。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>nothing had to be done</source>
        <translation>无需处理</translation>
    </message>
    <message>
        <source>receipt {number} of {count}</source>
        <translation>第 {number} 张票据（共 {count} 张）</translation>
    </message>
    <message>
        <source>{which}: {what}</source>
        <translation>{which}：{what}</translation>
    </message>
    <message>
        <source>preview: {what}</source>
        <translation>预览：{what}</translation>
    </message>
    <message>
        <source>turned right 90°</source>
        <translation>已向右转正 90°</translation>
    </message>
    <message>
        <source>turned 180°</source>
        <translation>已转正 180°</translation>
    </message>
    <message>
        <source>turned left 90°</source>
        <translation>已向左转正 90°</translation>
    </message>
    <message>
        <source>photo straightened</source>
        <translation>照片已拉正</translation>
    </message>
    <message>
        <source>straightened {angle}°</source>
        <translation>已拉直 {angle}°</translation>
    </message>
    <message numerus="yes">
        <source>%n seal(s) taken off</source>
        <translation>
            <numerusform>已去除 %n 个印章</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seal(s) left on</source>
        <translation>
            <numerusform>保留 %n 个印章</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DragOutWires</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) copied</source>
        <translation>
            <numerusform>已复制 %n 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, with the text of the first %n page(s)</source>
        <translation>
            <numerusform>，并附前 %n 页的文字</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DropVeil</name>
    <message>
        <source>Let go to add them</source>
        <translation>松开鼠标即可添加</translation>
    </message>
</context>
<context>
    <name>DuplicatesDialog</name>
    <message>
        <source>{file} is in this batch already.</source>
        <translation>{file} 已在本批次中。</translation>
    </message>
    <message>
        <source>{count} of these files are in this batch already.</source>
        <translation>其中 {count} 个文件已在本批次中。</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>等另外 {count} 个</translation>
    </message>
    <message>
        <source>Added twice</source>
        <translation>重复添加</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>不添加</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>不添加</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新识别</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Show the first</source>
        <translation>查看第一个</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Drop receipts here</source>
        <translation>把票据拖到这里</translation>
    </message>
    <message>
        <source>Pictures, PDFs, OFD and XML invoices or whole folders. Everything stays on this computer.</source>
        <translation>图片、PDF、OFD 和 XML 电子发票，或整个文件夹。所有内容都留在本机。</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Try with sample receipts</source>
        <translation>用示例票据试一试</translation>
    </message>
    <message>
        <source>Copied a picture or files elsewhere? Ctrl+V adds them.</source>
        <translation>在别处复制了图片或文件？按 Ctrl+V 即可添加。</translation>
    </message>
</context>
<context>
    <name>EndingWires</name>
    <message numerus="yes">
        <source>%n page(s) read</source>
        <translation>
            <numerusform>已识别 %n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} to check</source>
        <translation>待核对 {count}</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>失败 {count}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>EraseQuestion</name>
    <message numerus="yes">
        <source>Erased: %n batch(es) with everything read and corrected</source>
        <translation>
            <numerusform>将清除：%n 个批次，以及识别和更正的全部内容</numerusform>
        </translation>
    </message>
    <message>
        <source>Erased: what was learned from corrections, pasted and scanned pages, logs and settings</source>
        <translation>将清除：从更正中学到的内容、粘贴的图片、扫描的页面、日志和设置</translation>
    </message>
    <message>
        <source>Stays: your own receipts and exports, wherever they are</source>
        <translation>会保留：您自己的票据文件和导出的文件</translation>
    </message>
    <message>
        <source>This cannot be undone. The window then begins anew, empty.</source>
        <translation>此操作无法撤销。之后窗口将从空白重新开始。</translation>
    </message>
    <message>
        <source>Erase everything</source>
        <translation>全部清除</translation>
    </message>
    <message>
        <source>Erase everything PaddleScan keeps?</source>
        <translation>清除 PaddleScan 保存的所有内容？</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>The place on the page where this was read</source>
        <translation>票面上读出此值的位置</translation>
    </message>
    <message>
        <source>Enter accepts</source>
        <translation>回车确认</translation>
    </message>
    <message>
        <source>Down to choose</source>
        <translation>↓ 选择</translation>
    </message>
    <message>
        <source>Ctrl+1 takes the first</source>
        <translation>Ctrl+1 选用第一项</translation>
    </message>
    <message>
        <source>Ctrl+0 on all</source>
        <translation>Ctrl+0 全部改正</translation>
    </message>
    <message>
        <source>Alt+Down lists earlier ones</source>
        <translation>Alt+↓ 列出以前用过的</translation>
    </message>
    <message>
        <source>Enter keeps it: not the same</source>
        <translation>回车保留：不是重复</translation>
    </message>
    <message>
        <source>Ctrl+Del removes the row</source>
        <translation>Ctrl+Del 移除这一行</translation>
    </message>
    <message>
        <source>type to replace</source>
        <translation>直接输入替换</translation>
    </message>
    <message>
        <source>F8 goes on and comes back to it</source>
        <translation>F8 继续，之后会再回到此处</translation>
    </message>
    <message>
        <source>Esc puts back</source>
        <translation>Esc 还原</translation>
    </message>
    <message>
        <source>Not found on the page · type it, or Enter if there is none</source>
        <translation>页面上未找到 · 直接输入，确实没有则按回车</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>receipts</source>
        <translation>票据</translation>
    </message>
    <message>
        <source>Making the preview…</source>
        <translation>正在生成预览…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>“{name}” is saved.</source>
        <translation>“{name}”已保存。</translation>
    </message>
    <message>
        <source>Please tick a column.</source>
        <translation>请至少勾选一列。</translation>
    </message>
</context>
<context>
    <name>ExportPanes</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Excel workbook</source>
        <translation>Excel 工作簿</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Line items</source>
        <translation>明细</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Searchable PDF</source>
        <translation>可搜索的 PDF</translation>
    </message>
    <message>
        <source>Renamed copies</source>
        <translation>重命名副本</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>批次报告</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>&amp;Make the copies</source>
        <translation>生成副本(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>导出(&amp;E)</translation>
    </message>
    <message>
        <source>One row a receipt, with real dates and numbers, doubt in amber, links to the files.</source>
        <translation>每张票据一行，日期和金额可直接计算，待核对的单元格以橙色标出，文件名可点开原件。</translation>
    </message>
    <message>
        <source>A plain table for Excel, WPS and other programs.</source>
        <translation>纯文本表格，可用 Excel、WPS 及其他程序打开。</translation>
    </message>
    <message>
        <source>A second table with a row for each thing bought.</source>
        <translation>第二张表格，每项商品一行。</translation>
    </message>
    <message>
        <source>Every detail, for other programs.</source>
        <translation>包含全部细节，供其他程序使用。</translation>
    </message>
    <message>
        <source>The prepared pages, one a receipt, whose text can be searched and copied.</source>
        <translation>处理后的页面，每张票据一页，文字可搜索、可复制。</translation>
    </message>
    <message>
        <source>The originals copied under names that say what they are. They stay as they are.</source>
        <translation>将原件复制一份，并按内容命名。原件保持不变。</translation>
    </message>
    <message>
        <source>For the auditor: pages, doubtful, failed, seen before, and who changed what.</source>
        <translation>供审核使用：页面、待核对、失败、疑似重复，以及修改记录。</translation>
    </message>
</context>
<context>
    <name>ExportWords</name>
    <message>
        <source>Running number</source>
        <translation>顺序号</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} to check</source>
        <translation>{count} 张待核对</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>其中 {count} 页失败</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of blank or failed pages left out</source>
        <translation>
            <numerusform>另有 %n 行空白或失败页不写入文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) not read yet</source>
        <translation>
            <numerusform>%n 页尚未识别</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>{pages}, about {size}</source>
        <translation>{pages}，约 {size}</translation>
    </message>
    <message numerus="yes">
        <source>Dry run: %n copy(ies)</source>
        <translation>
            <numerusform>预演：%n 个副本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) to look at</source>
        <translation>
            <numerusform>%n 个名称请留意</numerusform>
        </translation>
    </message>
    <message>
        <source>Preview: the first receipt</source>
        <translation>预览：第一张票据</translation>
    </message>
    <message>
        <source>Preview: counts and sums of the first sheet</source>
        <translation>预览：第一张工作表中的数量与合计</translation>
    </message>
    <message>
        <source>Preview: the first {count} rows</source>
        <translation>预览：前 {count} 行</translation>
    </message>
    <message numerus="yes">
        <source>Preview: the first {count} of %n row(s)</source>
        <translation>
            <numerusform>预览：共 %n 行，显示前 {count} 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Preview: %n row(s)</source>
        <translation>
            <numerusform>预览：%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原文件名</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>副本文件名</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>not read: {names}</source>
        <translation>未识别到：{names}</translation>
    </message>
    <message>
        <source>the name is taken, so it gets a number</source>
        <translation>名称已被占用，末尾加编号</translation>
    </message>
    <message>
        <source>is there already, not copied again</source>
        <translation>已有相同副本，不再复制</translation>
    </message>
    <message numerus="yes">
        <source>named after the first of %n receipt(s)</source>
        <translation>
            <numerusform>按 %n 张票据中的第一张命名</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copy(ies) made in {folder}.</source>
        <translation>
            <numerusform>已在 {folder} 中生成 %n 个副本。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there already.</source>
        <translation>
            <numerusform>%n 个已存在。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copy(ies) could not be made.</source>
        <translation>
            <numerusform>%n 个副本未能生成。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{file} is written: %n page(s).</source>
        <translation>
            <numerusform>{file} 已写入：%n 页。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) could not be drawn and are not in it.</source>
        <translation>
            <numerusform>%n 页无法绘制，未包含在内。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{file} is written: %n row(s).</source>
        <translation>
            <numerusform>{file} 已写入：%n 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Copying… {done} of {total}</source>
        <translation>正在复制…{done}/{total}</translation>
    </message>
    <message>
        <source>Writing… {done} of {total}</source>
        <translation>正在写入…{done}/{total}</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>&amp;Template</source>
        <translation>模板(&amp;T)</translation>
    </message>
    <message>
        <source>Offered for the next sheet; every export remembers its own.</source>
        <translation>下次导出表格时默认使用；每次导出都会记住所用的模板。</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>Folder for exports</source>
        <translation>导出文件夹</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>选择(&amp;C)…</translation>
    </message>
    <message>
        <source>Offered for the next export; every export remembers its own.</source>
        <translation>下次导出时默认使用；每次导出后都会记住新的位置。</translation>
    </message>
    <message>
        <source>This folder is not there now; until it is, exports are offered in {folder}.</source>
        <translation>该文件夹目前不存在；在此之前，导出默认保存到 {folder}。</translation>
    </message>
</context>
<context>
    <name>FailedRows</name>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Enter password…</source>
        <translation>输入密码…</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新识别</translation>
    </message>
</context>
<context>
    <name>FailureCard</name>
    <message>
        <source>Read again</source>
        <translation>重新识别</translation>
    </message>
    <message>
        <source>Enter password…</source>
        <translation>输入密码…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
</context>
<context>
    <name>FieldForm</name>
    <message>
        <source>Add field</source>
        <translation>添加字段</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>This is not an amount. Write it like 1234.50.</source>
        <translation>这不是金额。请写成 1234.50 的形式。</translation>
    </message>
    <message>
        <source>An amount has two digits after the point.</source>
        <translation>金额应保留两位小数。</translation>
    </message>
    <message>
        <source>This is not a date. Write it like 2026-03-05.</source>
        <translation>这不是日期。请写成 2026-03-05 的形式。</translation>
    </message>
    <message>
        <source>There is no such day. Write the date like 2026-03-05.</source>
        <translation>没有这一天。请写成 2026-03-05 的形式。</translation>
    </message>
    <message>
        <source>Which is the day and which the month? Write it like 2026-03-05.</source>
        <translation>无法区分日和月。请写成 2026-03-05 的形式。</translation>
    </message>
    <message>
        <source>Of which year? Write it like 2026-03-05.</source>
        <translation>是哪一年？请写成 2026-03-05 的形式。</translation>
    </message>
    <message>
        <source>A currency has three letters, like CNY or MYR.</source>
        <translation>币种为三个字母，如 CNY、MYR。</translation>
    </message>
</context>
<context>
    <name>FieldsPanel</name>
    <message>
        <source>Fields of the receipt</source>
        <translation>票据字段</translation>
    </message>
    <message>
        <source>The receipts of this page were removed from the table.</source>
        <translation>此页的票据已从表格中移除。</translation>
    </message>
    <message>
        <source>This page is not read yet.</source>
        <translation>此页尚未识别。</translation>
    </message>
    <message>
        <source>Alt+Down lists earlier ones</source>
        <translation>Alt+↓ 列出以前用过的</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{shown} of {count} shown</source>
        <translation>显示 {shown} 张，共 {count} 张</translation>
    </message>
    <message>
        <source>This is not a day. Write it like 2026-03-05, 3/5 or 2026-03.</source>
        <translation>这不是日期。请写成 2026-03-05、3/5 或 2026-03。</translation>
    </message>
    <message>
        <source>This is not an amount. Write it like 1234.50.</source>
        <translation>这不是金额。请写成 1234.50。</translation>
    </message>
    <message>
        <source>The first day is after the last one.</source>
        <translation>开始日期晚于结束日期。</translation>
    </message>
    <message>
        <source>The lower amount is above the upper one.</source>
        <translation>最低金额高于最高金额。</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>From this day</source>
        <translation>起始日期</translation>
    </message>
    <message>
        <source>To this day</source>
        <translation>截止日期</translation>
    </message>
    <message>
        <source>From this amount</source>
        <translation>最低金额</translation>
    </message>
    <message>
        <source>To this amount</source>
        <translation>最高金额</translation>
    </message>
    <message>
        <source>part of its name</source>
        <translation>名称中的字</translation>
    </message>
    <message>
        <source>from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Show all rows again (Esc clears and leaves)</source>
        <translation>重新显示所有行（Esc 清除并离开）</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>FloatingBar</name>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>Deskew</source>
        <translation>纠偏</translation>
    </message>
    <message>
        <source>Straighten the page (D)</source>
        <translation>把页面摆正 (D)</translation>
    </message>
    <message>
        <source>Remove seal</source>
        <translation>去除印章</translation>
    </message>
    <message>
        <source>Take coloured seals off the print (S)</source>
        <translation>去掉压在文字上的彩色印章 (S)</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Angle by which the page lies turned; double-click for the measured one</source>
        <translation>页面倾斜的角度；双击恢复为测得的角度</translation>
    </message>
    <message>
        <source>Angle in degrees</source>
        <translation>角度（度）</translation>
    </message>
    <message>
        <source>Angle in degrees, counter-clockwise positive, up to 45</source>
        <translation>角度（度），逆时针为正，最大 45</translation>
    </message>
    <message>
        <source>Strength of seal removal</source>
        <translation>去除印章的力度</translation>
    </message>
    <message>
        <source>How much of the seal&apos;s colour is taken off; double-click for the middle</source>
        <translation>去除印章颜色的力度；双击恢复默认</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新识别</translation>
    </message>
    <message>
        <source>Read this page with these switches; what was typed stays (R)</source>
        <translation>按当前设置重新识别本页，手工录入的内容保留 (R)</translation>
    </message>
</context>
<context>
    <name>General</name>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>Of the window. A table is exported in the language chosen there.</source>
        <translation>窗口使用的语言。导出表格的语言在导出时另选。</translation>
    </message>
    <message>
        <source>&amp;Read with</source>
        <translation>识别设备(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;At the same time</source>
        <translation>同时识别(&amp;A)</translation>
    </message>
    <message>
        <source>Every page more at a time takes about 1 GB of memory.</source>
        <translation>每多同时识别一页，约多占 1 GB 内存。</translation>
    </message>
    <message>
        <source>&amp;Graphics memory</source>
        <translation>显存上限(&amp;G)</translation>
    </message>
    <message>
        <source>What reading may take of each graphics card&apos;s memory.</source>
        <translation>识别时在每块显卡上最多占用的显存。</translation>
    </message>
    <message>
        <source>That of the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>The best there is</source>
        <translation>自动选择最好的</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器（CPU）</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>显卡（GPU）</translation>
    </message>
    <message numerus="yes">
        <source>Automatic: %n page(s)</source>
        <translation>
            <numerusform>自动：%n 页</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} GB</source>
        <translation>{size} GB</translation>
    </message>
    <message>
        <source>Automatic: half of what is free</source>
        <translation>自动：空闲显存的一半</translation>
    </message>
    <message>
        <source>Now: {device} ({reason})</source>
        <translation>目前：{device}，{reason}</translation>
    </message>
    <message>
        <source>To read on the graphics card, run in a terminal: paddlescan gpu</source>
        <translation>要用显卡识别，请在终端中运行：paddlescan gpu</translation>
    </message>
</context>
<context>
    <name>HandedOver</name>
    <message numerus="yes">
        <source>Taking in %n item(s)…</source>
        <translation>
            <numerusform>正在添加 %n 项…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HotFolder</name>
    <message>
        <source>{folder}: watched by another PaddleScan</source>
        <translation>{folder}：由另一个 PaddleScan 监视</translation>
    </message>
    <message>
        <source>{folder}: waiting, see here</source>
        <translation>{folder}：等待中，原因见此</translation>
    </message>
    <message>
        <source>Watching {folder}</source>
        <translation>正在监视 {folder}</translation>
    </message>
    <message>
        <source>{count} read</source>
        <translation>已识别 {count} 个</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>失败 {count} 个</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>等待 {count} 个</translation>
    </message>
    <message>
        <source>Open the batch of what arrived today</source>
        <translation>打开今天到达的文件所在的批次</translation>
    </message>
    <message>
        <source>What arrives in this folder is read by itself</source>
        <translation>到达此文件夹的文件会自动识别</translation>
    </message>
</context>
<context>
    <name>HotFolderWires</name>
    <message numerus="yes">
        <source>%n file(s) arrived in the hot folder</source>
        <translation>
            <numerusform>监视文件夹中到达了 %n 个文件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ItemsView</name>
    <message>
        <source>Line items ({count})</source>
        <translation>明细（{count} 项）</translation>
    </message>
    <message>
        <source>Line items</source>
        <translation>明细</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>Kept</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Nothing is deleted by itself.</source>
        <translation>不会自动删除任何内容。</translation>
    </message>
    <message>
        <source>&amp;Older than</source>
        <translation>早于(&amp;O)</translation>
    </message>
    <message>
        <source>Age of the batches to delete</source>
        <translation>要删除的批次有多旧</translation>
    </message>
    <message>
        <source>&amp;Delete those batches…</source>
        <translation>删除这些批次(&amp;D)…</translation>
    </message>
    <message>
        <source>Where it lies</source>
        <translation>存放位置</translation>
    </message>
    <message>
        <source>O&amp;pen folder</source>
        <translation>打开文件夹(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Erase everything…</source>
        <translation>全部清除(&amp;E)…</translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n 个月</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n batch(es)</source>
        <translation>
            <numerusform>%n 个批次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n receipt(s)</source>
        <translation>
            <numerusform>%n 张票据</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>since {date}</source>
        <translation>自 {date} 起</translation>
    </message>
    <message>
        <source>There is no batch that old, besides the one in front.</source>
        <translation>除当前批次外，没有这么早的批次。</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n batch(es) with all that was read and corrected in them?</source>
        <translation>
            <numerusform>删除 %n 个批次，以及其中识别和更正的全部内容？</numerusform>
        </translation>
    </message>
    <message>
        <source>Your own files stay where they are. This cannot be undone.</source>
        <translation>您自己的文件不受影响。此操作无法撤销。</translation>
    </message>
    <message>
        <source>Old batches</source>
        <translation>旧批次</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Batches, corrections, what was learned, pasted and scanned pages, logs, settings. Your own files stay.</source>
        <translation>包括批次、更正、学到的内容、粘贴的图片、扫描的页面、日志和设置。您自己的文件不受影响。</translation>
    </message>
    <message numerus="yes">
        <source>%n batch(es) deleted.</source>
        <translation>
            <numerusform>已删除 %n 个批次。</numerusform>
        </translation>
    </message>
    <message>
        <source>The backups still hold what was deleted, until newer ones take their place.</source>
        <translation>备份中仍有已删除的内容，直到被更新的备份取代。</translation>
    </message>
    <message>
        <source>Another PaddleScan is open. Close it first, then erase.</source>
        <translation>另一个 PaddleScan 正开着。请先关闭它，再清除。</translation>
    </message>
</context>
<context>
    <name>LicencesDialog</name>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>What PaddleScan is made of, and under which terms it may be used</source>
        <translation>PaddleScan 由哪些部分组成，以及使用条款</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>LookStrip</name>
    <message>
        <source>{count} left to check</source>
        <translation>还有 {count} 张待核对</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) still being read</source>
        <translation>
            <numerusform>还有 %n 页正在识别</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) not read yet</source>
        <translation>
            <numerusform>%n 页尚未识别</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing left to check</source>
        <translation>已全部核对</translation>
    </message>
    <message>
        <source>No receipts yet</source>
        <translation>还没有票据</translation>
    </message>
    <message>
        <source>Go to the next field to check</source>
        <translation>转到下一处待核对的字段</translation>
    </message>
    <message>
        <source>Next F8</source>
        <translation>下一处 F8</translation>
    </message>
</context>
<context>
    <name>ManualText</name>
    <message>
        <source>The manual&apos;s text</source>
        <translation>手册正文</translation>
    </message>
</context>
<context>
    <name>ManualWindow</name>
    <message>
        <source>User manual</source>
        <translation>使用手册</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Look for a word in the manual…</source>
        <translation>在手册中查找…</translation>
    </message>
    <message>
        <source>Look for a word in the manual</source>
        <translation>在手册中查找</translation>
    </message>
    <message>
        <source>It does not stand in the manual.</source>
        <translation>手册中没有这个词。</translation>
    </message>
</context>
<context>
    <name>ManyHands</name>
    <message>
        <source>Go to the column that is to be filled, then fill down</source>
        <translation>请先移到要填充的列，再向下填充</translation>
    </message>
    <message>
        <source>Select the rows to fill: the first one fills the others</source>
        <translation>请选择要填充的行：以第一行填充其余各行</translation>
    </message>
    <message>
        <source>filling down</source>
        <translation>向下填充</translation>
    </message>
    <message>
        <source>setting of a field</source>
        <translation>统一填写</translation>
    </message>
    <message>
        <source>replacement of a text</source>
        <translation>替换文字</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) replaced · Ctrl+Z takes it back</source>
        <translation>
            <numerusform>已替换 %n 处字段 · Ctrl+Z 可撤销</numerusform>
        </translation>
    </message>
    <message>
        <source>pasting of cells</source>
        <translation>粘贴单元格</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) pasted · Ctrl+Z takes it back</source>
        <translation>
            <numerusform>已粘贴 %n 个单元格 · Ctrl+Z 可撤销</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) found no row</source>
        <translation>
            <numerusform>有 %n 行没有对应的票据</numerusform>
        </translation>
    </message>
    <message>
        <source>Select the rows whose field is to be set</source>
        <translation>请选择要统一填写的行</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>{field} of {rows}: {value} · Ctrl+Z takes it back</source>
        <translation>{rows}的{field}已设为：{value} · Ctrl+Z 可撤销</translation>
    </message>
    <message>
        <source>Nothing to change: {field} is {value} in all of these rows</source>
        <translation>无需更改：这些行的{field}都是{value}</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>Name this batch</source>
        <translation>命名本批次</translation>
    </message>
    <message>
        <source>What is this batch called?</source>
        <translation>给本批次起个名字</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Earlier batches…</source>
        <translation>历史批次…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此提示</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新识别</translation>
    </message>
    <message>
        <source>Enter password…</source>
        <translation>输入密码…</translation>
    </message>
    <message>
        <source>Choose a page on the left to see it here.</source>
        <translation>在左侧选择页面，即可在此查看。</translation>
    </message>
    <message>
        <source>Opening the page…</source>
        <translation>正在打开页面…</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>尚未识别</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>识别中…</translation>
    </message>
    <message>
        <source>No page: this row was added by hand.</source>
        <translation>没有页面：此行为手工添加。</translation>
    </message>
</context>
<context>
    <name>OpeningWindow</name>
    <message>
        <source>Opening the list of receipts…</source>
        <translation>正在打开票据库…</translation>
    </message>
    <message>
        <source>PaddleScan did not end properly the last time. The list of receipts is being checked…</source>
        <translation>PaddleScan 上次没有正常退出，正在检查票据库…</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>&amp;Template</source>
        <translation>模板(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Names</source>
        <translation>文件名(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Rows</source>
        <translation>行(&amp;R)</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Col&amp;umns…</source>
        <translation>编辑列(&amp;U)…</translation>
    </message>
    <message>
        <source>Hide col&amp;umns</source>
        <translation>收起列(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Pictures of the receipts</source>
        <translation>票据缩略图(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;All rows of the table ({count})</source>
        <translation>表格中的全部行（{count}）(&amp;A)</translation>
    </message>
    <message>
        <source>Only those &amp;shown ({count})</source>
        <translation>仅当前显示的行（{count}）(&amp;S)</translation>
    </message>
    <message>
        <source>Pattern of the names</source>
        <translation>文件名格式</translation>
    </message>
    <message>
        <source>Insert a field</source>
        <translation>插入字段</translation>
    </message>
</context>
<context>
    <name>OutcomeLine</name>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>How far the export is</source>
        <translation>导出进度</translation>
    </message>
</context>
<context>
    <name>OutlineBar</name>
    <message>
        <source>Split</source>
        <translation>拆分</translation>
    </message>
    <message>
        <source>Make two of this receipt, at its widest gap (X)</source>
        <translation>在最宽的空白处把这张票据拆成两张 (X)</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Make one of the chosen receipts (M)</source>
        <translation>把选中的票据合并为一张 (M)</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Take the chosen outlines away (Del)</source>
        <translation>移除选中的框 (Del)</translation>
    </message>
    <message>
        <source>One receipt</source>
        <translation>整页一张</translation>
    </message>
    <message>
        <source>Read the whole page as one receipt</source>
        <translation>把整页当作一张票据识别</translation>
    </message>
    <message>
        <source>Find again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Drop what was drawn and let the receipts be found</source>
        <translation>放弃手工画的框，由程序自动查找票据</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Leave everything as it was (Esc)</source>
        <translation>不作改动 (Esc)</translation>
    </message>
    <message>
        <source>Read these receipts</source>
        <translation>识别这些票据</translation>
    </message>
    <message>
        <source>Read the page again; what was typed stays (Enter)</source>
        <translation>重新识别本页，手工录入的内容保留 (回车)</translation>
    </message>
    <message>
        <source>Draw around a receipt on bare ground; drag an outline, its sides or its corners.</source>
        <translation>在空白处拖动可框出一张票据；拖动框、边或角可调整。</translation>
    </message>
    <message>
        <source>Keys: Insert adds one, PageDown chooses the next, arrows move it, Shift+arrows size it.</source>
        <translation>按键：Insert 新增，PageDown 选下一个，方向键移动，Shift+方向键调整大小。</translation>
    </message>
    <message>
        <source>{what} {keys}</source>
        <translation>{what}{keys}</translation>
    </message>
    <message numerus="yes">
        <source>%n receipt(s) on this page.</source>
        <translation>
            <numerusform>本页有 %n 张票据。</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} {what}</source>
        <translation>{count}{what}</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>p. {number}/{count}</source>
        <translation>第 {number}/{count} 页</translation>
    </message>
    <message>
        <source>{count} pages</source>
        <translation>共 {count} 页</translation>
    </message>
    <message>
        <source>{name} p. {number}/{count}</source>
        <translation>{name} {number}/{count} 页</translation>
    </message>
</context>
<context>
    <name>PageList</name>
    <message>
        <source>Pages</source>
        <translation>页面列表</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新识别</translation>
    </message>
    <message>
        <source>Read again, one receipt a page</source>
        <translation>重新识别，每页一张票据</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
</context>
<context>
    <name>PageMenu</name>
    <message>
        <source>Copy text</source>
        <translation>复制文字</translation>
    </message>
    <message>
        <source>Copy all text of the page</source>
        <translation>复制本页全部文字</translation>
    </message>
    <message>
        <source>Use for {field}</source>
        <translation>用作{field}</translation>
    </message>
</context>
<context>
    <name>PanelHand</name>
    <message>
        <source>change of {field} in {count} rows</source>
        <translation>修改 {count} 行的{field}</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>{file} is locked with a password.</source>
        <translation>{file} 设有密码。</translation>
    </message>
    <message>
        <source>Locked file</source>
        <translation>加密文件</translation>
    </message>
    <message>
        <source>That password was not the right one. Mind capital letters.</source>
        <translation>密码不正确，请注意大小写。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Use it for the other locked files too</source>
        <translation>其他加密文件也用此密码</translation>
    </message>
    <message>
        <source>Skip this file</source>
        <translation>跳过此文件</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>查找范围(&amp;L)：</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>文件类型(&amp;T)：</translation>
    </message>
</context>
<context>
    <name>ReadBack</name>
    <message>
        <source>Take</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>票据</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>From</source>
        <translation>原值</translation>
    </message>
    <message>
        <source>To</source>
        <translation>新值</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>left</source>
        <translation>不采用</translation>
    </message>
    <message>
        <source>What stands there</source>
        <translation>表中内容</translation>
    </message>
    <message>
        <source>Why it fits nothing</source>
        <translation>对不上的原因</translation>
    </message>
</context>
<context>
    <name>ReadBackDialog</name>
    <message>
        <source>Read an edited table back</source>
        <translation>读回修改过的表格</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Take all</source>
        <translation>全部采用</translation>
    </message>
    <message numerus="yes">
        <source>Take %n change(s)</source>
        <translation>
            <numerusform>采用 %n 处改动</numerusform>
        </translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>Rows that fit nothing</source>
        <translation>对不上的行</translation>
    </message>
    <message>
        <source>Rows that fit nothing, and are not taken</source>
        <translation>对不上的行（不采用）</translation>
    </message>
    <message>
        <source>{file} is being compared…</source>
        <translation>正在对照 {file}…</translation>
    </message>
    <message>
        <source>{file} belongs to another batch: “{batch}”.</source>
        <translation>{file} 属于另一个批次：“{batch}”。</translation>
    </message>
    <message>
        <source>Open that batch</source>
        <translation>打开该批次</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) fit nothing</source>
        <translation>
            <numerusform>%n 行对不上</numerusform>
        </translation>
    </message>
    <message>
        <source>{file}: {counts}.</source>
        <translation>{file}：{counts}。</translation>
    </message>
    <message>
        <source>nothing changes</source>
        <translation>没有改动</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n 处改动</numerusform>
        </translation>
    </message>
    <message>
        <source>{changes} in {rows}</source>
        <translation>{rows}中有 {changes}</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them were edited here since the export, and are not ticked.</source>
        <translation>
            <numerusform>其中 %n 处在导出后又在这里改过，未勾选。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them were damaged by the spreadsheet, and cannot be taken.</source>
        <translation>
            <numerusform>其中 %n 处被表格软件损坏，不能采用。</numerusform>
        </translation>
    </message>
    <message>
        <source>Passed over, for no export has them: {columns}.</source>
        <translation>已忽略导出表中没有的列：{columns}。</translation>
    </message>
</context>
<context>
    <name>ReadBackWires</name>
    <message>
        <source>Read an edited table back</source>
        <translation>读回修改过的表格</translation>
    </message>
    <message>
        <source>Exported tables ({kinds})</source>
        <translation>导出的表格 ({kinds})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>reading of a table</source>
        <translation>读回表格</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) taken from the table; Ctrl+Z takes all of them back</source>
        <translation>
            <numerusform>已从表格采用 %n 处改动；按 Ctrl+Z 可全部撤销</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadBeforeWires</name>
    <message>
        <source>Open it</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>All of these receipts were read before, in “{name}” of {day}. Remove the rows if they came once more by mistake; of those that belong here say “Not the same”.</source>
        <translation>这些票据之前都已识别过，见批次“{name}”（{day}）。如果是误加，请移除这些行；确属不同票据的，请点“不是重复”。</translation>
    </message>
</context>
<context>
    <name>Readings</name>
    <message>
        <source>as you corrected before:</source>
        <translation>此前更正为：</translation>
    </message>
    <message>
        <source>may mean:</source>
        <translation>可能是：</translation>
    </message>
    <message>
        <source>also read:</source>
        <translation>其他读法：</translation>
    </message>
    <message>
        <source>choose:</source>
        <translation>可选：</translation>
    </message>
    <message>
        <source>on all {count} that were read so</source>
        <translation>同样识别的 {count} 张全部改正</translation>
    </message>
    <message>
        <source>Use {value}</source>
        <translation>改为 {value}</translation>
    </message>
</context>
<context>
    <name>RecentBatches</name>
    <message>
        <source>Recent batches</source>
        <translation>最近批次</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>暂无批次</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>stopped, {count} waiting</source>
        <translation>已停止，{count} 页等待</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} 页等待</translation>
    </message>
    <message>
        <source>{count} to check</source>
        <translation>{count} 待核对</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} 失败</translation>
    </message>
</context>
<context>
    <name>RemovedRows</name>
    <message numerus="yes">
        <source>%n row(s) restored · Ctrl+Z takes it back</source>
        <translation>
            <numerusform>已恢复 %n 行 · Ctrl+Z 可撤销</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) removed · Ctrl+Z brings it back</source>
        <translation>
            <numerusform>已移除 %n 行 · Ctrl+Z 可撤销</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReplaceDialog</name>
    <message>
        <source>Find and replace</source>
        <translation>查找和替换</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>全部替换</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>All text fields</source>
        <translation>所有文本字段</translation>
    </message>
    <message numerus="yes">
        <source>The %n selected row(s)</source>
        <translation>
            <numerusform>选中的 %n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n row(s) shown</source>
        <translation>
            <numerusform>显示的全部 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>票据</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>更改前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>更改后</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>In</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>What will change</source>
        <translation>将要更改的内容</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>{hits} in {rows}</source>
        <translation>在 {rows}中找到 {hits}</translation>
    </message>
    <message numerus="yes">
        <source>%n hit(s)</source>
        <translation>
            <numerusform>%n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Type what to look for</source>
        <translation>请输入要查找的内容</translation>
    </message>
</context>
<context>
    <name>ReviewTable</name>
    <message>
        <source>Receipts of this batch</source>
        <translation>本批次票据</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Nothing fits this filter</source>
        <translation>没有符合筛选条件的行</translation>
    </message>
    <message>
        <source>{count} seen before</source>
        <translation>疑似重复 {count} 张</translation>
    </message>
    <message>
        <source>{count} seen before: {amounts}</source>
        <translation>其中疑似重复 {count} 张：{amounts}</translation>
    </message>
    <message>
        <source>no currency {amount}</source>
        <translation>无币种 {amount}</translation>
    </message>
</context>
<context>
    <name>ScannerDialog</name>
    <message>
        <source>Scan from scanner</source>
        <translation>从扫描仪获取</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Scan next page</source>
        <translation>扫描下一页</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>How far the scanner is</source>
        <translation>扫描进度</translation>
    </message>
</context>
<context>
    <name>ScannerWords</name>
    <message>
        <source>Scanners are being looked for…</source>
        <translation>正在查找扫描仪…</translation>
    </message>
    <message>
        <source>{scanner} is being asked what it can do…</source>
        <translation>正在查询 {scanner} 的功能…</translation>
    </message>
    <message>
        <source>Page {number} is being scanned…</source>
        <translation>正在扫描第 {number} 页…</translation>
    </message>
    <message>
        <source>The scanner is being stopped…</source>
        <translation>正在停止扫描仪…</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) scanned</source>
        <translation>
            <numerusform>已扫描 %n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready to scan</source>
        <translation>可以开始扫描</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) scanned so far are in the batch.</source>
        <translation>
            <numerusform>已扫描的 %n 页都在当前批次中。</numerusform>
        </translation>
    </message>
    <message>
        <source>Each page joins the batch as soon as it is whole.</source>
        <translation>每扫完一页就会加入当前批次。</translation>
    </message>
    <message>
        <source>On this computer, and in the network as far as the drivers of scanners look there.</source>
        <translation>在本机查找；如果扫描仪驱动程序支持，也会在网络中查找。</translation>
    </message>
    <message>
        <source>The page under way is not kept.</source>
        <translation>正在扫描的这一页不会保留。</translation>
    </message>
    <message>
        <source>Put the receipts into the feeder. Each page joins the batch as soon as it is whole.</source>
        <translation>请把票据放入进纸器。每扫完一页，就会加入当前批次。</translation>
    </message>
    <message>
        <source>Lay the next page onto the glass, or close. The pages are being read meanwhile.</source>
        <translation>请在平板上放下一页，或者关闭窗口。已扫描的页正在识别。</translation>
    </message>
    <message>
        <source>Lay a page onto the glass. It joins the batch as soon as it is whole.</source>
        <translation>请把一页放到平板上。扫描完成后会加入当前批次。</translation>
    </message>
</context>
<context>
    <name>ScreenCover</name>
    <message>
        <source>Choose a region of the screen</source>
        <translation>选择屏幕区域</translation>
    </message>
    <message>
        <source>Draw a box around the receipt · Enter takes the whole screen · Esc goes back</source>
        <translation>用鼠标框选票据 · 回车截取整个屏幕 · Esc 返回</translation>
    </message>
</context>
<context>
    <name>SeenBefore</name>
    <message>
        <source>a row added by hand</source>
        <translation>手工添加的一行</translation>
    </message>
    <message>
        <source>{file} p. {number}</source>
        <translation>{file} 第 {number} 页</translation>
    </message>
    <message>
        <source>{file} in “{batch}”</source>
        <translation>“{batch}”中的 {file}</translation>
    </message>
</context>
<context>
    <name>SetFieldDialog</name>
    <message>
        <source>Set a field</source>
        <translation>统一填写</translation>
    </message>
    <message numerus="yes">
        <source>Set a field of %n row(s)</source>
        <translation>
            <numerusform>统一填写 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Set</source>
        <translation>填写</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the values of several rows</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Now: {values}</source>
        <translation>现为：{values}</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面处理</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Hot folder</source>
        <translation>监视文件夹</translation>
    </message>
    <message>
        <source>Data and history</source>
        <translation>数据与历史</translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation>更正记忆</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Take the reset back</source>
        <translation>撤销重置</translation>
    </message>
    <message>
        <source>Reset to defaults</source>
        <translation>恢复默认设置</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Look for a key or a word…</source>
        <translation>查找按键或功能…</translation>
    </message>
    <message>
        <source>Look for a key or a word</source>
        <translation>查找按键或功能</translation>
    </message>
    <message>
        <source>No key does that.</source>
        <translation>没有这样的快捷键。</translation>
    </message>
    <message>
        <source>Accept the value and go on</source>
        <translation>确认并跳到下一处</translation>
    </message>
    <message>
        <source>Replace the value</source>
        <translation>替换原值</translation>
    </message>
    <message>
        <source>type</source>
        <translation>直接输入</translation>
    </message>
    <message>
        <source>Put back what was there</source>
        <translation>恢复原值</translation>
    </message>
    <message>
        <source>Go on without accepting</source>
        <translation>不确认，跳到下一处</translation>
    </message>
    <message>
        <source>Next field, previous field</source>
        <translation>下一字段、上一字段</translation>
    </message>
    <message>
        <source>Take a choice and go on</source>
        <translation>选用候选项并继续</translation>
    </message>
    <message>
        <source>Take what was learned on all that were read so</source>
        <translation>将记住的更正用于所有同样识别的票据</translation>
    </message>
    <message>
        <source>List what may be chosen</source>
        <translation>列出可选内容</translation>
    </message>
    <message>
        <source>Take the repair of a check</source>
        <translation>采用校验给出的更正</translation>
    </message>
    <message>
        <source>Edit the cell</source>
        <translation>编辑单元格</translation>
    </message>
    <message>
        <source>Remove the rows</source>
        <translation>移除行</translation>
    </message>
    <message>
        <source>Add a row by hand</source>
        <translation>手工添加一行</translation>
    </message>
    <message>
        <source>In a field</source>
        <translation>在字段中</translation>
    </message>
    <message>
        <source>In the table</source>
        <translation>在表格中</translation>
    </message>
    <message>
        <source>Turn a little</source>
        <translation>微调角度</translation>
    </message>
    <message>
        <source>Before or after</source>
        <translation>切换处理前/处理后</translation>
    </message>
    <message>
        <source>Before beside after</source>
        <translation>并排比较</translation>
    </message>
    <message>
        <source>Show all lines</source>
        <translation>显示所有文本行</translation>
    </message>
    <message>
        <source>Add a receipt</source>
        <translation>添加一张票据</translation>
    </message>
    <message>
        <source>Remove the receipt</source>
        <translation>移除这张票据</translation>
    </message>
    <message>
        <source>Next receipt, previous receipt</source>
        <translation>下一张、上一张票据</translation>
    </message>
    <message>
        <source>Split it</source>
        <translation>拆分</translation>
    </message>
    <message>
        <source>Merge those chosen</source>
        <translation>合并选中的</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Leave it as it was</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>On the page</source>
        <translation>在页面上</translation>
    </message>
    <message>
        <source>While receipts are drawn</source>
        <translation>划分票据时</translation>
    </message>
</context>
<context>
    <name>StartTrouble</name>
    <message>
        <source>Cannot start</source>
        <translation>无法启动</translation>
    </message>
    <message>
        <source>PaddleScan cannot write to its folder {folder}: {reason}.</source>
        <translation>PaddleScan 无法写入它的文件夹 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>Your receipts are safe; nothing was changed. Ask whoever looks after this computer to let PaddleScan write there, then try again.</source>
        <translation>您的票据完好无损，没有任何改动。请联系电脑管理员，让 PaddleScan 可以写入该文件夹，然后点“重试”。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Hot folder</source>
        <translation>监视文件夹</translation>
    </message>
    <message>
        <source>Pages read</source>
        <translation>识别进度</translation>
    </message>
    <message numerus="yes">
        <source>%n worker(s)</source>
        <translation>
            <numerusform>%n 个进程</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n page(s)</source>
        <translation>
            <numerusform>已完成 {done} / %n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>其中 {count} 页失败</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) wait</source>
        <translation>
            <numerusform>还有 %n 页等待识别</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} a minute</source>
        <translation>每分钟 {count} 页</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message numerus="yes">
        <source>%n receipt(s)</source>
        <translation>
            <numerusform>%n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} without a total</source>
        <translation>{count} 张没有金额</translation>
    </message>
    <message>
        <source>Nothing to add up yet</source>
        <translation>还没有可汇总的内容</translation>
    </message>
    <message>
        <source>All others</source>
        <translation>其余全部</translation>
    </message>
    <message>
        <source>earlier</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>No category</source>
        <translation>未分类</translation>
    </message>
    <message>
        <source>No merchant</source>
        <translation>无商户</translation>
    </message>
    <message>
        <source>No date</source>
        <translation>无日期</translation>
    </message>
    <message>
        <source>No currency</source>
        <translation>无币种</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>汇总</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>Show these rows</source>
        <translation>显示这些行</translation>
    </message>
    <message>
        <source>Back to the pages</source>
        <translation>返回页面</translation>
    </message>
    <message>
        <source>Back to the pages (Esc)</source>
        <translation>返回页面（Esc）</translation>
    </message>
</context>
<context>
    <name>SupportDialog</name>
    <message>
        <source>Save a support file</source>
        <translation>保存诊断文件</translation>
    </message>
    <message>
        <source>A file for whoever helps you</source>
        <translation>发给技术人员的诊断文件</translation>
    </message>
    <message>
        <source>With the names of files and batches</source>
        <translation>包含文件和批次的名称</translation>
    </message>
    <message>
        <source>With what was read from the receipts, and the names</source>
        <translation>包含票据的识别内容和名称</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
</context>
<context>
    <name>Switches</name>
    <message>
        <source>What a new batch begins with. The batch in front keeps its own; each page has its switches below it.</source>
        <translation>新批次的初始设置。当前批次不受影响；每一页的下方另有自己的开关。</translation>
    </message>
    <message>
        <source>Remove &amp;seals</source>
        <translation>去除印章(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Deskew pages</source>
        <translation>纠偏(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Turn pages upright</source>
        <translation>转正页面(&amp;T)</translation>
    </message>
    <message>
        <source>Tell several receipts on one page a&amp;part</source>
        <translation>拆分同一页上的多张票据(&amp;P)</translation>
    </message>
    <message>
        <source>Only while reading and in the view; your files are never changed.</source>
        <translation>只影响识别和显示，绝不改动原文件。</translation>
    </message>
    <message>
        <source>Levels what was scanned aslant, and flattens photographed sheets.</source>
        <translation>扶正扫歪的页面，展平拍照的纸张。</translation>
    </message>
    <message>
        <source>Pages that lie on their side or upside down.</source>
        <translation>横放或倒放的页面。</translation>
    </message>
    <message>
        <source>Taxi tickets glued onto a sheet become a row each.</source>
        <translation>贴在一张纸上的出租车票，每张各成一行。</translation>
    </message>
    <message>
        <source>St&amp;rength</source>
        <translation>强度(&amp;R)</translation>
    </message>
    <message>
        <source>Strength of removing seals</source>
        <translation>去除印章的强度</translation>
    </message>
    <message>
        <source>More takes off faint seals, and perhaps coloured print.</source>
        <translation>强度越高，浅淡的印章也能去除，但可能伤及彩色印刷。</translation>
    </message>
</context>
<context>
    <name>TableHeader</name>
    <message>
        <source>Click to see what failed and what is to check first</source>
        <translation>点击可把失败的和待核对的排在前面</translation>
    </message>
</context>
<context>
    <name>TableMenu</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Add a row by hand</source>
        <translation>手工添加一行</translation>
    </message>
    <message>
        <source>Separate receipts, one for each page</source>
        <translation>拆分为每页一张票据</translation>
    </message>
    <message>
        <source>One receipt of these pages</source>
        <translation>合并为一张票据</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Show removed rows</source>
        <translation>显示已移除的行</translation>
    </message>
    <message>
        <source>Set category</source>
        <translation>设置类别</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Doubtful first</source>
        <translation>待核对的在前</translation>
    </message>
    <message>
        <source>Sort as dropped</source>
        <translation>按添加顺序排列</translation>
    </message>
</context>
<context>
    <name>TableSums</name>
    <message>
        <source>{count} selected</source>
        <translation>已选 {count} 行</translation>
    </message>
    <message>
        <source>{count} shown</source>
        <translation>显示 {count} 张</translation>
    </message>
    <message numerus="yes">
        <source>%n receipt(s)</source>
        <translation>
            <numerusform>共 %n 张票据</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blank page(s)</source>
        <translation>
            <numerusform>空白页 %n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>另有 {count} 页失败</translation>
    </message>
</context>
<context>
    <name>Taking</name>
    <message>
        <source>Loading the engine…</source>
        <translation>正在加载引擎…</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>识别中…</translation>
    </message>
    <message>
        <source>No text was found here</source>
        <translation>这里没有找到文字</translation>
    </message>
    <message>
        <source>“{text}” does not fit into {field}</source>
        <translation>“{text}”不能填入{field}</translation>
    </message>
    <message>
        <source>Choose a field first</source>
        <translation>请先选择一个字段</translation>
    </message>
    <message>
        <source>This place could not be read; try again</source>
        <translation>这里无法识别，请重试</translation>
    </message>
    <message>
        <source>Drag over the text for {field} · ↓ ↑ and Enter · Esc leaves</source>
        <translation>框选{field}的文字 · 或按 ↓ ↑ 选行、Enter 填入 · Esc 退出</translation>
    </message>
    <message>
        <source>Click or Enter: use for {field}</source>
        <translation>单击或回车：用作{field}</translation>
    </message>
    <message>
        <source>Click: go to {owner} · Ctrl+click: use for {field}</source>
        <translation>单击：转到{owner} · Ctrl+单击：用作{field}</translation>
    </message>
    <message>
        <source>Double-click or Ctrl+click: use for {field}</source>
        <translation>双击或 Ctrl+单击：用作{field}</translation>
    </message>
</context>
<context>
    <name>Telling</name>
    <message numerus="yes">
        <source>Going on where it stopped: %n page(s) wait</source>
        <translation>
            <numerusform>从上次停下的地方继续：还有 %n 页等待识别</numerusform>
        </translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) of “{name}” wait.</source>
        <translation>
            <numerusform>“{name}”还有 %n 页等待识别。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pages of %n other batch(es) wait, too.</source>
        <translation>
            <numerusform>另有 %n 个批次也有页面等待识别。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) could not be saved the last time, and are being saved now</source>
        <translation>
            <numerusform>上次有 %n 处修改未能保存，现在正在保存</numerusform>
        </translation>
    </message>
    <message>
        <source>Another PaddleScan reads this batch; here you can look at it and correct it</source>
        <translation>另一个 PaddleScan 正在识别本批次；您可以在此查看和更正</translation>
    </message>
    <message>
        <source>Reading the pages that wait ({pages}) takes about {needed} on the disk; {free} are free</source>
        <translation>识别 {pages} 页约需 {needed} 磁盘空间，剩余 {free}</translation>
    </message>
    <message>
        <source>There is room on the disk again; reading goes on</source>
        <translation>磁盘又有空间，继续识别</translation>
    </message>
</context>
<context>
    <name>TemplateEditor</name>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>表头</translation>
    </message>
    <message>
        <source>Empty column</source>
        <translation>空白列</translation>
    </message>
    <message>
        <source>Columns of the template</source>
        <translation>模板的列</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Move up (Alt+↑)</source>
        <translation>上移（Alt+↑）</translation>
    </message>
    <message>
        <source>Move down (Alt+↓)</source>
        <translation>下移（Alt+↓）</translation>
    </message>
    <message>
        <source>Space ticks, Enter renames</source>
        <translation>空格键勾选，回车键改表头</translation>
    </message>
    <message>
        <source>Sums &amp;below the rows</source>
        <translation>末尾加合计行(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Without blank and failed pages</source>
        <translation>不含空白页和失败页(&amp;W)</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>模板名称</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>保存(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>“{name}” comes with PaddleScan: please take another name.</source>
        <translation>“{name}”是 PaddleScan 自带的模板，请换一个名称。</translation>
    </message>
    <message>
        <source>There is a template “{name}” already. Save again to replace it.</source>
        <translation>已有名为“{name}”的模板。再次保存将覆盖它。</translation>
    </message>
    <message>
        <source>“{name}” is deleted.</source>
        <translation>“{name}”已删除。</translation>
    </message>
</context>
<context>
    <name>Time</name>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分钟</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>Merchant, number, amount…</source>
        <translation>商户、号码、金额…</translation>
    </message>
    <message>
        <source>Search the table</source>
        <translation>搜索表格</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>搜索…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>待核对</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Rescan needed</source>
        <translation>需重扫</translation>
    </message>
    <message>
        <source>Seen before</source>
        <translation>疑似重复</translation>
    </message>
</context>
<context>
    <name>Undo</name>
    <message>
        <source>change of {field}</source>
        <translation>修改{field}</translation>
    </message>
    <message>
        <source>acceptance of a check</source>
        <translation>确认校验</translation>
    </message>
    <message>
        <source>separation of pages</source>
        <translation>拆分页面</translation>
    </message>
    <message>
        <source>joining of pages</source>
        <translation>合并页面</translation>
    </message>
    <message>
        <source>removal of rows</source>
        <translation>移除行</translation>
    </message>
    <message>
        <source>return of rows</source>
        <translation>恢复行</translation>
    </message>
    <message>
        <source>added row</source>
        <translation>添加行</translation>
    </message>
    <message>
        <source>receipts drawn on a page</source>
        <translation>框选页面上的票据</translation>
    </message>
    <message>
        <source>one receipt a page</source>
        <translation>每页一张票据</translation>
    </message>
    <message>
        <source>change of a page&apos;s switches</source>
        <translation>页面处理选项的更改</translation>
    </message>
    <message>
        <source>reading with other switches</source>
        <translation>按新选项重新识别</translation>
    </message>
</context>
<context>
    <name>UnsavedDialog</name>
    <message numerus="yes">
        <source>%n edit(s) could not be saved.</source>
        <translation>
            <numerusform>有 %n 处修改未能保存。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pasted picture(s) could not be saved.</source>
        <translation>
            <numerusform>有 %n 张粘贴的图片未能保存。</numerusform>
        </translation>
    </message>
    <message>
        <source>If you close now, what is not saved is lost. Make room on the disk or wait for the other program, then close again.</source>
        <translation>现在关闭，未保存的内容会丢失。请先清理磁盘或等其他程序完成，再关闭。</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Close without them</source>
        <translation>放弃并关闭</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>What you typed is kept on the disk; the next start saves it.</source>
        <translation>您输入的内容已暂存在磁盘上，下次打开时会自动保存。</translation>
    </message>
    <message>
        <source>If you close now, the pasted pictures are lost. Make room on the disk, then close again.</source>
        <translation>现在关闭，粘贴的图片会丢失。请先清理磁盘，再关闭。</translation>
    </message>
    <message>
        <source>Keep the window open</source>
        <translation>返回窗口</translation>
    </message>
</context>
<context>
    <name>ViewerActions</name>
    <message>
        <source>Turn left</source>
        <translation>向左转</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>向右转</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Real size</source>
        <translation>实际大小</translation>
    </message>
    <message>
        <source>Fit the page</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Deskew</source>
        <translation>纠偏</translation>
    </message>
    <message>
        <source>Remove seal</source>
        <translation>去除印章</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新识别</translation>
    </message>
    <message>
        <source>Receipts on this page</source>
        <translation>本页票据</translation>
    </message>
    <message>
        <source>Take text from the page</source>
        <translation>从页面取字</translation>
    </message>
    <message>
        <source>{action} ({keys})</source>
        <translation>{action} ({keys})</translation>
    </message>
    <message>
        <source>Drag over a text to put it into the field in front ({keys}, or Ctrl and drag)</source>
        <translation>在页面上框选文字，填入当前字段（{keys}，或按住 Ctrl 拖动）</translation>
    </message>
    <message>
        <source>Each receipt on this page is turned by itself when it is read</source>
        <translation>识别时，本页的每张票据会各自转正</translation>
    </message>
    <message>
        <source>An electronic invoice is one receipt; there is nothing to draw</source>
        <translation>电子发票本身就是一张票据，无需框选</translation>
    </message>
</context>
<context>
    <name>WatchedFolder</name>
    <message>
        <source>What a scanner or another program puts into this folder is read as soon as it is whole, and goes into a batch of its own, one a day. Each file is read once.</source>
        <translation>扫描仪或其他程序放入此文件夹的文件，写完后即自动识别，归入单独的批次，每天一个。每个文件只识别一次。</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>Hot folder</source>
        <translation>监视文件夹</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>选择(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Watch this folder</source>
        <translation>监视此文件夹(&amp;W)</translation>
    </message>
    <message>
        <source>Also the folders &amp;in it</source>
        <translation>包括其中的子文件夹(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Move what was read</source>
        <translation>移走已识别的文件(&amp;M)</translation>
    </message>
    <message>
        <source>Into a folder “read”, and what could not be read into “failed”. Nothing there is replaced.</source>
        <translation>已识别的移到“read”文件夹，无法识别的移到“failed”文件夹。不会覆盖那里的文件。</translation>
    </message>
    <message>
        <source>Move &amp;to</source>
        <translation>移到(&amp;T)</translation>
    </message>
    <message>
        <source>Folder for what was read</source>
        <translation>存放已识别文件的文件夹</translation>
    </message>
    <message>
        <source>into the watched folder itself</source>
        <translation>被监视的文件夹内</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>选择(&amp;H)…</translation>
    </message>
    <message>
        <source>A name in this folder&apos;s path is no text (its letters show as {sign}), so the folder would not be found again. Give it another name, then choose it.</source>
        <translation>此文件夹的路径中有无法识别的字符（显示为 {sign}），以后会找不到它。请先改名，再来选择。</translation>
    </message>
</context>
<context>
    <name>Writing</name>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>Stopped. The copies that were made are there.</source>
        <translation>已停止。此前生成的副本已保留。</translation>
    </message>
    <message>
        <source>Stopped. Nothing was written.</source>
        <translation>已停止，未写入任何文件。</translation>
    </message>
    <message>
        <source>{file} exists already.</source>
        <translation>{file} 已存在。</translation>
    </message>
</context>
</TS>
