; What the installer says by itself, in both languages.
LangString IsOpen ${LANG_ENGLISH} "PaddleScan is open and will be closed. What was read or typed is kept."
LangString IsOpen ${LANG_SIMPCHINESE} "PaddleScan 正在运行，将被关闭。已识别和已输入的内容都会保留。"
LangString StaysOpen ${LANG_ENGLISH} "PaddleScan did not close; it may be asking something, or reading in a terminal. Close it, then press Retry. Nothing has been changed yet."
LangString StaysOpen ${LANG_SIMPCHINESE} "PaddleScan 没有关闭：它可能正在等待回答，或正在终端中识别。请关闭它，然后点“重试”。目前没有做任何改动。"
LangString RemoveData ${LANG_ENGLISH} "Also delete your list of receipts, your settings and your own templates?$\r$\n$\r$\nThis cannot be undone. Your scanned files and your exports are never touched."
LangString RemoveData ${LANG_SIMPCHINESE} "是否同时删除您的票据列表、设置和自己的模板？$\r$\n$\r$\n删除后无法恢复。扫描的原文件和导出的文件不会被改动。"
LangString FilesLeft ${LANG_ENGLISH} "PaddleScan is removed. Files that it did not install are left in:$\r$\n$INSTDIR"
LangString FilesLeft ${LANG_SIMPCHINESE} "PaddleScan 已卸载。以下文件夹中有不是由它安装的文件，已保留：$\r$\n$INSTDIR"
