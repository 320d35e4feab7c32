<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>DoneLine</name>
    <message numerus="yes">
        <source>%n seal(s) taken off</source>
        <translation>
            <numerusform>%n seal taken off</numerusform>
            <numerusform>%n seals taken off</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seal(s) left on</source>
        <translation>
            <numerusform>%n seal left on</numerusform>
            <numerusform>%n seals left on</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DragOutWires</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) copied</source>
        <translation>
            <numerusform>%n file copied</numerusform>
            <numerusform>%n files copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, with the text of the first %n page(s)</source>
        <translation>
            <numerusform>, with the text of the first %n page</numerusform>
            <numerusform>, with the text of the first %n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndingWires</name>
    <message numerus="yes">
        <source>%n page(s) read</source>
        <translation>
            <numerusform>%n page read</numerusform>
            <numerusform>%n pages read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EraseQuestion</name>
    <message numerus="yes">
        <source>Erased: %n batch(es) with everything read and corrected</source>
        <translation>
            <numerusform>Erased: %n batch with everything read and corrected</numerusform>
            <numerusform>Erased: %n batches with everything read and corrected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportWords</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of blank or failed pages left out</source>
        <translation>
            <numerusform>%n row of a blank or failed page left out</numerusform>
            <numerusform>%n rows of blank or failed pages left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) not read yet</source>
        <translation>
            <numerusform>%n page not read yet</numerusform>
            <numerusform>%n pages not read yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dry run: %n copy(ies)</source>
        <translation>
            <numerusform>Dry run: %n copy</numerusform>
            <numerusform>Dry run: %n copies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) to look at</source>
        <translation>
            <numerusform>%n name to look at</numerusform>
            <numerusform>%n names to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Preview: the first {count} of %n row(s)</source>
        <translation>
            <numerusform>Preview: the first {count} of %n row</numerusform>
            <numerusform>Preview: the first {count} of %n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Preview: %n row(s)</source>
        <translation>
            <numerusform>Preview: %n row</numerusform>
            <numerusform>Preview: %n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>named after the first of %n receipt(s)</source>
        <translation>
            <numerusform>named after the first of %n receipt</numerusform>
            <numerusform>named after the first of %n receipts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copy(ies) made in {folder}.</source>
        <translation>
            <numerusform>%n copy made in {folder}.</numerusform>
            <numerusform>%n copies made in {folder}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there already.</source>
        <translation>
            <numerusform>%n was there already.</numerusform>
            <numerusform>%n were there already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copy(ies) could not be made.</source>
        <translation>
            <numerusform>%n copy could not be made.</numerusform>
            <numerusform>%n copies could not be made.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{file} is written: %n page(s).</source>
        <translation>
            <numerusform>{file} is written: %n page.</numerusform>
            <numerusform>{file} is written: %n pages.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) could not be drawn and are not in it.</source>
        <translation>
            <numerusform>%n page could not be drawn and is not in it.</numerusform>
            <numerusform>%n pages could not be drawn and are not in it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{file} is written: %n row(s).</source>
        <translation>
            <numerusform>{file} is written: %n row.</numerusform>
            <numerusform>{file} is written: %n rows.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>General</name>
    <message numerus="yes">
        <source>Automatic: %n page(s)</source>
        <translation>
            <numerusform>Automatic: %n page</numerusform>
            <numerusform>Automatic: %n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HandedOver</name>
    <message numerus="yes">
        <source>Taking in %n item(s)…</source>
        <translation>
            <numerusform>Taking in %n item…</numerusform>
            <numerusform>Taking in %n items…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HotFolderWires</name>
    <message numerus="yes">
        <source>%n file(s) arrived in the hot folder</source>
        <translation>
            <numerusform>%n file arrived in the hot folder</numerusform>
            <numerusform>%n files arrived in the hot folder</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n month</numerusform>
            <numerusform>%n months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n batch(es)</source>
        <translation>
            <numerusform>%n batch</numerusform>
            <numerusform>%n batches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n receipt(s)</source>
        <translation>
            <numerusform>%n receipt</numerusform>
            <numerusform>%n receipts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n batch(es) with all that was read and corrected in them?</source>
        <translation>
            <numerusform>Delete %n batch with all that was read and corrected in it?</numerusform>
            <numerusform>Delete %n batches with all that was read and corrected in them?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n batch(es) deleted.</source>
        <translation>
            <numerusform>%n batch deleted.</numerusform>
            <numerusform>%n batches deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LookStrip</name>
    <message numerus="yes">
        <source>%n page(s) still being read</source>
        <translation>
            <numerusform>%n page still being read</numerusform>
            <numerusform>%n pages still being read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) not read yet</source>
        <translation>
            <numerusform>%n page not read yet</numerusform>
            <numerusform>%n pages not read yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ManyHands</name>
    <message numerus="yes">
        <source>%n field(s) replaced · Ctrl+Z takes it back</source>
        <translation>
            <numerusform>%n field replaced · Ctrl+Z takes it back</numerusform>
            <numerusform>%n fields replaced · Ctrl+Z takes it back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) pasted · Ctrl+Z takes it back</source>
        <translation>
            <numerusform>%n cell pasted · Ctrl+Z takes it back</numerusform>
            <numerusform>%n cells pasted · Ctrl+Z takes it back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) found no row</source>
        <translation>
            <numerusform>%n line found no row</numerusform>
            <numerusform>%n lines found no row</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutlineBar</name>
    <message numerus="yes">
        <source>%n receipt(s) on this page.</source>
        <translation>
            <numerusform>%n receipt on this page.</numerusform>
            <numerusform>%n receipts on this page.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadBackDialog</name>
    <message numerus="yes">
        <source>Take %n change(s)</source>
        <translation>
            <numerusform>Take %n change</numerusform>
            <numerusform>Take %n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) fit nothing</source>
        <translation>
            <numerusform>%n row fits nothing</numerusform>
            <numerusform>%n rows fit nothing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them were edited here since the export, and are not ticked.</source>
        <translation>
            <numerusform>%n of them was edited here since the export, and is not ticked.</numerusform>
            <numerusform>%n of them were edited here since the export, and are not ticked.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them were damaged by the spreadsheet, and cannot be taken.</source>
        <translation>
            <numerusform>%n of them was damaged by the spreadsheet, and cannot be taken.</numerusform>
            <numerusform>%n of them were damaged by the spreadsheet, and cannot be taken.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadBackWires</name>
    <message numerus="yes">
        <source>%n change(s) taken from the table; Ctrl+Z takes all of them back</source>
        <translation>
            <numerusform>%n change taken from the table; Ctrl+Z takes it back</numerusform>
            <numerusform>%n changes taken from the table; Ctrl+Z takes all of them back</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecentBatches</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemovedRows</name>
    <message numerus="yes">
        <source>%n row(s) restored · Ctrl+Z takes it back</source>
        <translation>
            <numerusform>%n row restored · Ctrl+Z takes it back</numerusform>
            <numerusform>%n rows restored · Ctrl+Z takes it back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) removed · Ctrl+Z brings it back</source>
        <translation>
            <numerusform>%n row removed · Ctrl+Z brings it back</numerusform>
            <numerusform>%n rows removed · Ctrl+Z brings them back</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReplaceDialog</name>
    <message numerus="yes">
        <source>The %n selected row(s)</source>
        <translation>
            <numerusform>The %n selected row</numerusform>
            <numerusform>The %n selected rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n row(s) shown</source>
        <translation>
            <numerusform>The %n row shown</numerusform>
            <numerusform>All %n rows shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hit(s)</source>
        <translation>
            <numerusform>%n hit</numerusform>
            <numerusform>%n hits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScannerWords</name>
    <message numerus="yes">
        <source>%n page(s) scanned</source>
        <translation>
            <numerusform>%n page scanned</numerusform>
            <numerusform>%n pages scanned</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) scanned so far are in the batch.</source>
        <translation>
            <numerusform>%n page scanned so far is in the batch.</numerusform>
            <numerusform>%n pages scanned so far are in the batch.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SetFieldDialog</name>
    <message numerus="yes">
        <source>Set a field of %n row(s)</source>
        <translation>
            <numerusform>Set a field of %n row</numerusform>
            <numerusform>Set a field of %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n worker(s)</source>
        <translation>
            <numerusform>%n worker</numerusform>
            <numerusform>%n workers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n page(s)</source>
        <translation>
            <numerusform>{done} of %n page</numerusform>
            <numerusform>{done} of %n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) wait</source>
        <translation>
            <numerusform>%n page waits</numerusform>
            <numerusform>%n pages wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message numerus="yes">
        <source>%n receipt(s)</source>
        <translation>
            <numerusform>%n receipt</numerusform>
            <numerusform>%n receipts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableSums</name>
    <message numerus="yes">
        <source>%n receipt(s)</source>
        <translation>
            <numerusform>%n receipt</numerusform>
            <numerusform>%n receipts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blank page(s)</source>
        <translation>
            <numerusform>%n blank page</numerusform>
            <numerusform>%n blank pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Telling</name>
    <message numerus="yes">
        <source>Going on where it stopped: %n page(s) wait</source>
        <translation>
            <numerusform>Going on where it stopped: %n page waits</numerusform>
            <numerusform>Going on where it stopped: %n pages wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) of “{name}” wait.</source>
        <translation>
            <numerusform>%n page of “{name}” waits.</numerusform>
            <numerusform>%n pages of “{name}” wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pages of %n other batch(es) wait, too.</source>
        <translation>
            <numerusform>Pages of %n other batch wait, too.</numerusform>
            <numerusform>Pages of %n other batches wait, too.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) could not be saved the last time, and are being saved now</source>
        <translation>
            <numerusform>%n edit could not be saved the last time, and is being saved now</numerusform>
            <numerusform>%n edits could not be saved the last time, and are being saved now</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UnsavedDialog</name>
    <message numerus="yes">
        <source>%n edit(s) could not be saved.</source>
        <translation>
            <numerusform>%n edit could not be saved.</numerusform>
            <numerusform>%n edits could not be saved.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pasted picture(s) could not be saved.</source>
        <translation>
            <numerusform>%n pasted picture could not be saved.</numerusform>
            <numerusform>%n pasted pictures could not be saved.</numerusform>
        </translation>
    </message>
</context>
</TS>
