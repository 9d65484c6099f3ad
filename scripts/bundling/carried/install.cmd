@echo off
rem Find a Python that fits, then let install.py do the rest. Needs no network and no administrator.
rem Up to the last lines this file is plain ASCII, so that it reads the same in every code page.
setlocal EnableExtensions DisableDelayedExpansion
set "HERE=%~dp0"
if not exist "%HERE%install.py" goto packed
if not exist "%HERE%wheels" goto packed
set "WANTED=import sys, venv; sys.exit(sys.version_info[:2] != (@MAJOR@, @MINOR@) or sys.maxsize == 2147483647)"
set "LOCAL=%LOCALAPPDATA%\Programs\Python\Python@MAJOR@@MINOR@\python.exe"

call :look
if not errorlevel 1 goto run
for %%I in ("%HERE%python-@VERSION@*-amd64.exe") do call :setup "%%~fI"
call :look
if not errorlevel 1 goto run
goto missing

:look
call :fits "%HERE%python\python.exe"
if not errorlevel 1 exit /b 0
call :fits "%LOCAL%"
if not errorlevel 1 exit /b 0
call :fits "%ProgramFiles%\Python@MAJOR@@MINOR@\python.exe"
if not errorlevel 1 exit /b 0
py -@VERSION@ -c "%WANTED%" >nul 2>nul
if not errorlevel 1 set "PYTHON=py -@VERSION@"
if not errorlevel 1 exit /b 0
python -c "%WANTED%" >nul 2>nul
if not errorlevel 1 set "PYTHON=python"
if not errorlevel 1 exit /b 0
exit /b 1

:fits
if not exist %1 exit /b 1
%1 -c "%WANTED%" >nul 2>nul
if errorlevel 1 exit /b 1
set PYTHON=%1
exit /b 0

:setup
echo %~nx1 ...
start "" /wait %1 /passive InstallAllUsers=0 PrependPath=0 Include_launcher=0 Include_test=0 Include_doc=0 AssociateFiles=0 Shortcuts=0
exit /b 0

:run
%PYTHON% "%HERE%install.py" %*
set "ENDED=%ERRORLEVEL%"
if not defined LXGEO_NO_PAUSE pause
exit /b %ENDED%

:missing
for /f "tokens=2 delims=:." %%c in ('chcp') do set "PAGE=%%c"
chcp 65001 >nul
type "%HERE%python.txt"
if not defined LXGEO_NO_PAUSE pause
chcp %PAGE% >nul
exit /b 1

:packed
chcp 65001 >nul
echo 请先解压整个压缩包（右键，“全部解压缩”），再双击解压出来的 install.cmd。
echo Unpack the whole zip first (right click, "Extract all"), then run install.cmd from there.
if not defined LXGEO_NO_PAUSE pause
exit /b 1
