<#
.SYNOPSIS
Saves the facts about a Windows host that etlcap --host-info reads.

.DESCRIPTION
Run it in an elevated PowerShell, before the host restarts: pktmon numbers its components anew at each boot. A command that
fails, or that this host does not have, is reported, and the others are run.

.PARAMETER Path
The directory for the files. It is created if it does not exist; files in it are replaced.

.EXAMPLE
.\collect-host-info.ps1 -Path C:\Traces\host-info
#>
[CmdletBinding()]
param(
    [string] $Path = (Join-Path (Get-Location).Path 'host-info')
)

$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [System.Text.Encoding]::UTF8
New-Item -ItemType Directory -Force -Path $Path | Out-Null

# Text as UTF-8, which Out-File of Windows PowerShell 5 cannot write without a byte order mark.
function Save-Text {
    param([string] $Name, [string] $Text)
    [System.IO.File]::WriteAllText((Join-Path $Path $Name), $Text)
}

# Runs a command and saves its output. The others are run whatever happens to it.
function Save-Output {
    param([string] $Name, [string] $Needs, [scriptblock] $Command)
    if ($null -eq (Get-Command $Needs -ErrorAction SilentlyContinue)) {
        Write-Warning "$Name was not written: this host does not have $Needs"
        return
    }
    try {
        $global:LASTEXITCODE = 0
        $text = (& $Command | Out-String -Width 4096)
        if ($LASTEXITCODE -ne 0) {
            Write-Warning "$Name may be incomplete: $Needs ended with exit code $LASTEXITCODE"
        }
        if ([string]::IsNullOrWhiteSpace($text)) {
            Write-Warning "$Name was not written: $Needs gave no output"
            return
        }
        Save-Text -Name $Name -Text $text
        Write-Host "$Name written"
    }
    catch {
        Write-Warning "$Name was not written: $($_.Exception.Message)"
    }
}

# Programs. pktmon of Windows Server 2019 has no JSON: then the text is what remains.
Save-Output 'pktmon-list.json' 'pktmon.exe' { pktmon.exe list --all --json }
Save-Output 'pktmon-list.txt' 'pktmon.exe' { pktmon.exe list --all }
Save-Output 'pktmon-comp-list.txt' 'pktmon.exe' { pktmon.exe comp list }
Save-Output 'ipconfig.txt' 'ipconfig.exe' { ipconfig.exe /allcompartments /all }
Save-Output 'tasklist.csv' 'tasklist.exe' { tasklist.exe /v /fo csv }
Save-Output 'vfpctrl-list-vmswitch-port.txt' 'vfpctrl.exe' { vfpctrl.exe /list-vmswitch-port }

# Adapters, addresses and compartments.
Save-Output 'get-netadapter.json' 'Get-NetAdapter' {
    Get-NetAdapter -IncludeHidden |
        Select-Object Name, InterfaceDescription, InterfaceAlias, ifIndex, InterfaceGuid, MacAddress, Status, LinkSpeed |
        ConvertTo-Json
}
Save-Output 'get-netipaddress.json' 'Get-NetIPAddress' {
    Get-NetIPAddress -IncludeAllCompartments |
        Select-Object IPAddress, PrefixLength, InterfaceIndex, InterfaceAlias |
        ConvertTo-Json
}
Save-Output 'get-netipinterface.json' 'Get-NetIPInterface' {
    Get-NetIPInterface -IncludeAllCompartments |
        Select-Object InterfaceIndex, InterfaceAlias, CompartmentId |
        ConvertTo-Json
}
Save-Output 'get-netcompartment.json' 'Get-NetCompartment' {
    Get-NetCompartment |
        Select-Object CompartmentId, CompartmentGuid, CompartmentDescription |
        ConvertTo-Json
}

# Virtual switches, and NICs of virtual machines and of the host.
Save-Output 'get-vmswitch.json' 'Get-VMSwitch' {
    Get-VMSwitch | Select-Object Name, Id, SwitchType, NetAdapterInterfaceDescription | ConvertTo-Json
}
Save-Output 'get-vmnetworkadapter.json' 'Get-VMNetworkAdapter' {
    Get-VMNetworkAdapter -All |
        Select-Object Name, Id, VMId, VMName, IsManagementOs, AdapterId, DeviceId, SwitchId, SwitchName, MacAddress |
        ConvertTo-Json
}

# Networks, endpoints and namespaces of containers. Depth: endpoints have ports in Resources.Allocators.
Save-Output 'get-hnsnetwork.json' 'Get-HnsNetwork' { Get-HnsNetwork | ConvertTo-Json -Depth 20 }
Save-Output 'get-hnsendpoint.json' 'Get-HnsEndpoint' { Get-HnsEndpoint | ConvertTo-Json -Depth 20 }
Save-Output 'get-hnsnamespace.json' 'Get-HnsNamespace' { Get-HnsNamespace | ConvertTo-Json -Depth 20 }

Write-Host ''
Write-Host "Copy $Path together with the trace, and give it to etlcap: --host-info $Path"
