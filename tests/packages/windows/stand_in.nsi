; Programs that stand in for the packed ones, made by NSIS itself.
;   ROLE=program: writes down what it was called with, as Windows takes its command line apart: one argument a line, a
;     line of dashes behind each call, into the file that PADDLESCAN_CALLS names. With PADDLESCAN_WAITS=window it then
;     shows a window until that is closed, with PADDLESCAN_WAITS=deaf it just stays.
;   ROLE=caller: runs the command line that is in the file COMMANDLINE names, exactly as it is, waits, and
;     ends with its exit status.
Target amd64-unicode
RequestExecutionLevel user
OutFile "${OUT}"
Name "PaddleScan"
Caption "PaddleScan"
SetCompressor zlib
!include LogicLib.nsh
Page components
Page instfiles

Section "stand-in"
SectionEnd

Function .onInit
!if ${ROLE} == caller
  ReadEnvStr $1 COMMANDLINE
  FileOpen $2 $1 r
  FileReadUTF16LE $2 $0
  FileClose $2
  ExecWait $0 $1
  SetErrorLevel $1
  Quit
!else
  ReadEnvStr $1 PADDLESCAN_CALLS
  ${If} $1 != ""
    System::Call 'kernel32::GetCommandLineW() p .r0'
    System::Call 'shell32::CommandLineToArgvW(p r0, *i .r3) p .r4'
    FileOpen $2 $1 a
    FileSeek $2 0 END
    IntOp $3 $3 - 1
    ${ForEach} $5 1 $3 + 1
      IntOp $6 $5 * ${NSIS_PTR_SIZE}
      IntPtrOp $6 $4 + $6
      System::Call '*$6(w .r7)'
      FileWriteUTF16LE $2 "$7$\r$\n"
    ${Next}
    FileWriteUTF16LE $2 "----$\r$\n"
    FileClose $2
  ${EndIf}
  ReadEnvStr $1 PADDLESCAN_WAITS
  ${If} $1 == "deaf"
    Sleep 600000
  ${EndIf}
  ${If} $1 != "window"
    Quit
  ${EndIf}
!endif
FunctionEnd
