; The Windows installer. `make windows-installer` makes it: installers/windows/build.py says what is packed, the keys of
; the menus come from installers/windows/explorer.py.
;
;   paddlescan-setup.exe [/S] [/ALLUSERS] [/LANG=en|zh] [/D=FOLDER]
;   uninstall.exe        [/S] [/REMOVEDATA] [/LANG=en|zh]
;
; For one user, without an administrator, unless /ALLUSERS says otherwise or PaddleScan is there for all users already.
; Exit status: 0 done, 1 the person went back, 2 failed, 3 PaddleScan is open and did not close, 740 wants an administrator.

Target ${TARGET}
RequestExecutionLevel user
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
CRCCheck force
AllowSkipFiles off
SetCompressor /SOLID lzma
SetCompressorDictSize 64

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include TextFunc.nsh
!include x64.nsh
!include "${MADE}\made.nsh" ; definitions, and macros: InstallMenus, RemoveMenus, InstallSendTo, RemoveSendTo

!define LIST "installed-files.txt"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\PaddleScan"
!define PATHS_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths"

Name "PaddleScan"
OutFile "${OUT}"
BrandingText "PaddleScan ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
!define MUI_ICON "${MADE}\paddlescan.ico"
!define MUI_UNICON "${MADE}\paddlescan.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${MADE}\side.bmp"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION OpenWindow
!define MUI_FINISHPAGE_NOREBOOTSUPPORT

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

!include "words.nsh"

VIProductVersion "${NUMBERS}"
!macro VersionIn LANGUAGE DESCRIPTION
  VIAddVersionKey /LANG=${LANGUAGE} "ProductName" "PaddleScan"
  VIAddVersionKey /LANG=${LANGUAGE} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileDescription" "${DESCRIPTION}"
  VIAddVersionKey /LANG=${LANGUAGE} "CompanyName" "${PUBLISHER}"
  VIAddVersionKey /LANG=${LANGUAGE} "LegalCopyright" "${COPYRIGHT}"
!macroend
!insertmacro VersionIn ${LANG_ENGLISH} "PaddleScan setup"
!insertmacro VersionIn ${LANG_SIMPCHINESE} "PaddleScan 安装程序"

!ifdef SIGN ; a command that signs the file named behind it
  !finalize '${SIGN} "%1"' = 0
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

Var AllUsers ; 1 or 0
Var Line

; What the installer and the uninstaller both do; UN is "un." in the latter.
!macro Both UN

; The language that /LANG names; otherwise that of Windows.
Function ${UN}ChooseLanguage
  Push $0
  Push $1
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/LANG=" $1
  ${IfNot} ${Errors}
    ${If} $1 == "zh"
      StrCpy $LANGUAGE ${LANG_SIMPCHINESE}
    ${Else}
      StrCpy $LANGUAGE ${LANG_ENGLISH}
    ${EndIf}
  ${EndIf}
  Pop $1
  Pop $0
FunctionEnd

; Keys and menus of one user, or of all: SHCTX, $SMPROGRAMS and the like follow.
Function ${UN}SetContext
  SetRegView 64
  ${If} $AllUsers = 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
FunctionEnd

; For all users: on as an administrator. PROGRAM is started anew as one, where a person can be asked. Uses $0, $1.
Function ${UN}WantAdministrator
  Exch $1 ; the program
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 != "Admin"
    ${IfNot} ${Silent}
      StrCpy $0 ""
      ${If} $LANGUAGE = ${LANG_SIMPCHINESE}
        StrCpy $0 "/LANG=zh"
      ${EndIf}
      ExecShell "runas" $1 "/ALLUSERS $0"
    ${EndIf}
    SetErrorLevel 740
    Quit
  ${EndIf}
  Pop $1
FunctionEnd

; $0: 1 if a program in $INSTDIR runs. Nobody may write to a program that does.
Function ${UN}IsOpen
  Push $1
  StrCpy $0 0
  !insertmacro SeeWhetherOpen "paddlescan-gui.exe"
  !insertmacro SeeWhetherOpen "paddlescan.exe"
  Pop $1
FunctionEnd

; A window that is open is asked to close, as by its own button: what was read or typed is kept. Who cannot be closed
; is told of, and nothing is changed.
Function ${UN}CloseWindow
  Push $0
  Push $1
  Call ${UN}IsOpen
  ${If} $0 = 1
    MessageBox MB_OKCANCEL|MB_ICONINFORMATION "$(IsOpen)" /SD IDOK IDOK close
    SetErrorLevel 1
    Quit
    close:
    nsExec::Exec '"$SYSDIR\taskkill.exe" /IM paddlescan-gui.exe'
    Pop $1
    ${ForEach} $1 1 60 + 1
      Sleep 250
      Call ${UN}IsOpen
      ${If} $0 = 0
        ${Break}
      ${EndIf}
    ${Next}
    ${If} $0 = 1
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(StaysOpen)" /SD IDCANCEL IDRETRY close
      SetErrorLevel 3
      Quit
    ${EndIf}
  ${EndIf}
  Pop $1
  Pop $0
FunctionEnd

; All that the list names goes, folders (their names end with a backslash) where nothing else is in them.
Function ${UN}RemoveFiles
  Push $0
  ClearErrors
  FileOpen $0 "$INSTDIR\${LIST}" r
  ${IfNot} ${Errors}
    ${Do}
      ClearErrors
      FileReadUTF16LE $0 $Line
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      ${${UN}TrimNewLines} $Line $Line
      ${If} $Line == ""
        ${Continue}
      ${EndIf}
      StrCpy $1 $Line 1 -1
      ${If} $1 == "\"
        RMDir "$INSTDIR\$Line"
      ${Else}
        Delete "$INSTDIR\$Line"
      ${EndIf}
    ${Loop}
    FileClose $0
    Delete "$INSTDIR\${LIST}"
  ${EndIf}
  ClearErrors
  Pop $0
FunctionEnd

!macroend

!macro SeeWhetherOpen PROGRAM
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    ClearErrors
    FileOpen $1 "$INSTDIR\${PROGRAM}" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
!macroend

!define ASSOCIATIONS_CHANGED 0x08000000
!macro TellExplorer
  System::Call 'shell32::SHChangeNotify(i ${ASSOCIATIONS_CHANGED}, i 0, p 0, p 0)'
!macroend

!insertmacro Both ""
!insertmacro Both "un."

Function .onInit
  Call ChooseLanguage
  SetRegView 64
  StrCpy $AllUsers 0
  ReadRegStr $1 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ReadRegStr $2 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $3
  ${IfNot} ${Errors}
    StrCpy $AllUsers 1
  ${ElseIf} $1 == ""
  ${AndIf} $2 != ""
    StrCpy $AllUsers 1
  ${EndIf}
  ${If} $AllUsers = 1
    StrCpy $1 $2
    Push $EXEPATH
    Call WantAdministrator
  ${EndIf}
  Call SetContext
  ${If} $INSTDIR == "" ; else /D= has named it
    StrCpy $INSTDIR $1
  ${EndIf}
  ${If} $INSTDIR == ""
    ${If} $AllUsers = 1
      StrCpy $INSTDIR "$PROGRAMFILES64\PaddleScan"
    ${Else}
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\PaddleScan"
    ${EndIf}
  ${EndIf}
FunctionEnd

Section
  Call CloseWindow
  Call RemoveFiles ; those of the version before

  SetOutPath "$INSTDIR"
  File "/oname=${LIST}" "${MADE}\${LIST}" ; first, so that also what stops half-way can be removed
  WriteUninstaller "$INSTDIR\uninstall.exe"
  File /r "${PAYLOAD}\*"

  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "PaddleScan"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" '"$INSTDIR\paddlescan-gui.exe",0'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
  WriteRegStr SHCTX "${PATHS_KEY}\paddlescan.exe" "" "$INSTDIR\paddlescan.exe"
  WriteRegStr SHCTX "${PATHS_KEY}\paddlescan.exe" "Path" "$INSTDIR"
  WriteRegStr SHCTX "${PATHS_KEY}\paddlescan-gui.exe" "" "$INSTDIR\paddlescan-gui.exe"
  WriteRegStr SHCTX "${PATHS_KEY}\paddlescan-gui.exe" "Path" "$INSTDIR"
  CreateShortcut "$SMPROGRAMS\PaddleScan.lnk" "$INSTDIR\paddlescan-gui.exe"
  !insertmacro RemoveMenus SHCTX ; those of the version before, and in another language
  !insertmacro InstallMenus SHCTX
  ${If} $AllUsers = 0 ; everybody has a Send to menu of their own, all together have none
    !insertmacro RemoveSendTo
    !insertmacro InstallSendTo
  ${EndIf}
  !insertmacro TellExplorer
SectionEnd

Function OpenWindow
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\paddlescan-gui.exe"' ; not as the administrator who installs
FunctionEnd

Function un.onInit
  Call un.ChooseLanguage
  SetRegView 64
  StrCpy $AllUsers 0
  ReadRegStr $1 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $1 == $INSTDIR
    StrCpy $AllUsers 1
    Push "$INSTDIR\uninstall.exe"
    Call un.WantAdministrator
  ${EndIf}
  Call un.SetContext
FunctionEnd

Section un.Install
  Call un.CloseWindow
  Call un.RemoveFiles
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  ${If} $INSTDIR == "$LOCALAPPDATA\Programs\PaddleScan"
    RMDir "$LOCALAPPDATA\Programs" ; if nothing else is in it
  ${EndIf}

  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  DeleteRegKey SHCTX "${PATHS_KEY}\paddlescan.exe"
  DeleteRegKey SHCTX "${PATHS_KEY}\paddlescan-gui.exe"
  DeleteRegKey /ifempty SHCTX "${PATHS_KEY}"
  Delete "$SMPROGRAMS\PaddleScan.lnk"
  !insertmacro RemoveMenus SHCTX
  SetShellVarContext current
  ReadRegStr $1 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $1 == "" ; what `paddlescan menu install` made for this user; another PaddleScan of theirs keeps its own
    !insertmacro RemoveMenus HKCU
    !insertmacro RemoveSendTo
  ${EndIf}
  !insertmacro TellExplorer

  ${un.GetParameters} $0
  ClearErrors
  ${un.GetOptions} $0 "/REMOVEDATA" $2
  ${IfNot} ${Errors}
    StrCpy $2 1
  ${Else}
    StrCpy $2 0
    ${If} ${FileExists} "$LOCALAPPDATA\PaddleScan\*"
      MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(RemoveData)" /SD IDNO IDNO +2
      StrCpy $2 1
    ${EndIf}
  ${EndIf}
  ${If} $2 = 1
    RMDir /r "$LOCALAPPDATA\PaddleScan"
  ${EndIf}

  ${If} ${FileExists} "$INSTDIR\*"
    MessageBox MB_OK|MB_ICONINFORMATION "$(FilesLeft)" /SD IDOK
  ${EndIf}
SectionEnd
