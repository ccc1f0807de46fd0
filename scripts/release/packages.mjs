/**
 * Packages of the executables: a .deb for each Linux platform, a Homebrew formula, a Scoop manifest, winget manifests and a
 * Containerfile. All are made from package.json and from the checksums of this release.
 */

import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../bundle-options.mjs';

/** Debian's names of the platforms that have a .deb. */
const DEBIAN_ARCHITECTURES = { 'linux-x64': 'amd64', 'linux-arm64': 'arm64' };

/**
 * @typedef {object} Release
 * @property {string} version
 * @property {string} folder of the executables; the packages are written there
 * @property {ReadonlyMap<string, {file: string, sha256: string}>} executables by platform
 */

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const [homepage = ''] = manifest.homepage.split('#');
const SUMMARY = 'Convert Windows packet captures in ETL files to pcapng';
const DESCRIPTION =
  'etlcap converts traces of netsh trace, pktmon and New-NetEventSession to pcapng for Wireshark, with all that Windows recorded with each packet: virtual switch port, NIC, component, compartment, direction and drop reason.';

/** Address of a file of this release. */
const urlOf = (version, file) => `${homepage}/releases/download/v${version}/${file}`;

/**
 * Writes all packages and returns their paths.
 *
 * @param {Release} release
 */
export function writePackages(release) {
  return [
    ...Object.entries(DEBIAN_ARCHITECTURES).flatMap(([platform, architecture]) => {
      const executable = release.executables.get(platform);
      return executable === undefined ? [] : [writeDeb(release, executable.file, architecture)];
    }),
    writeText(release, 'etlcap.rb', homebrewFormula(release)),
    writeText(release, 'etlcap.json', scoopManifest(release)),
    ...wingetManifests(release).map(([name, text]) => writeText(release, name, text)),
    writeText(release, 'Containerfile', containerfile(release)),
  ];
}

function writeText({ folder }, name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A binary package as `dpkg-deb` builds it; root owns all files. */
function writeDeb({ folder, version }, executable, architecture) {
  const tree = join(folder, `deb-${architecture}`);
  rmSync(tree, { recursive: true, force: true });
  const put = (path, content, mode = 0o644) => {
    const target = join(tree, path);
    mkdirSync(join(target, '..'), { recursive: true, mode: 0o755 });
    writeFileSync(target, content);
    chmodSync(target, mode);
  };
  const built = (name) => readFileSync(join(root, 'dist', name));
  mkdirSync(join(tree, 'usr/bin'), { recursive: true });
  copyFileSync(join(folder, executable), join(tree, 'usr/bin/etlcap'));
  chmodSync(join(tree, 'usr/bin/etlcap'), 0o755);
  put('usr/share/man/man1/etlcap.1.gz', gzipSync(built('man/etlcap.1'), { level: 9 }));
  put('usr/share/bash-completion/completions/etlcap', built('completions/etlcap.bash'));
  put('usr/share/zsh/vendor-completions/_etlcap', built('completions/_etlcap'));
  put('usr/share/fish/vendor_completions.d/etlcap.fish', built('completions/etlcap.fish'));
  const licence = readFileSync(join(root, 'LICENSE'), 'utf8');
  const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES'), 'utf8');
  put('usr/share/doc/etlcap/copyright', `${licence}\n${notices}`);
  put(
    'DEBIAN/control',
    `${[
      'Package: etlcap',
      `Version: ${version}`,
      `Architecture: ${architecture}`,
      'Maintainer: etlcap contributors <etlcap@localhost>',
      'Section: net',
      'Priority: optional',
      'Depends: libc6 (>= 2.28), libstdc++6',
      'Suggests: wireshark',
      `Homepage: ${homepage}`,
      `Description: ${SUMMARY}`,
      ...wrapped(DESCRIPTION, 72).map((line) => ` ${line}`),
    ].join('\n')}\n`,
  );
  const path = join(folder, `etlcap_${version}_${architecture}.deb`);
  const options = { stdio: ['ignore', 'ignore', 'inherit'] };
  execFileSync('dpkg-deb', ['--root-owner-group', '-Zgzip', '--build', tree, path], options);
  rmSync(tree, { recursive: true });
  return path;
}

function wrapped(text, width) {
  const lines = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Homebrew formula for macOS on ARM and Linux (Formula Cookbook). */
function homebrewFormula({ executables, version }) {
  const source = (platform, indent) => {
    const found = executables.get(platform);
    if (found === undefined) return '';
    return `${indent}url "${urlOf(version, found.file)}"\n${indent}sha256 "${found.sha256}"\n`;
  };
  return `class Etlcap < Formula
  desc "${SUMMARY}"
  homepage "${homepage}"
  version "${version}"
  license "MIT"

  on_macos do
    on_arm do
${source('macos-arm64', '      ')}    end
  end

  on_linux do
    on_intel do
${source('linux-x64', '      ')}    end
    on_arm do
${source('linux-arm64', '      ')}    end
  end

  def install
    bin.install Dir["etlcap-*"].first => "etlcap"
  end

  test do
    assert_equal version.to_s, shell_output("#{bin}/etlcap --version").strip
  end
end
`;
}

/** Scoop app manifest for Windows. */
function scoopManifest({ executables, version }) {
  const found = executables.get('windows-x64');
  const app = {
    version,
    description: SUMMARY,
    homepage,
    license: 'MIT',
    architecture: {
      '64bit': {
        url: `${urlOf(version, found?.file ?? '')}#/etlcap.exe`,
        hash: found?.sha256 ?? '',
      },
    },
    bin: 'etlcap.exe',
  };
  return `${JSON.stringify(app, null, 4)}\n`;
}

/** winget manifests, version 1.6.0: version, default locale, installer. */
function wingetManifests({ executables, version }) {
  const found = executables.get('windows-x64');
  const head = `PackageIdentifier: etlcap.etlcap\nPackageVersion: ${version}\n`;
  const tail = (type) => `ManifestType: ${type}\nManifestVersion: 1.6.0\n`;
  return [
    ['etlcap.etlcap.yaml', `${head}DefaultLocale: en-US\n${tail('version')}`],
    [
      'etlcap.etlcap.locale.en-US.yaml',
      `${head}PackageLocale: en-US
Publisher: etlcap contributors
PackageName: etlcap
PackageUrl: ${homepage}
License: MIT
ShortDescription: ${SUMMARY}
Tags:
- etl
- pcapng
- pktmon
- wireshark
${tail('defaultLocale')}`,
    ],
    [
      'etlcap.etlcap.installer.yaml',
      `${head}InstallerType: portable
Commands:
- etlcap
Installers:
- Architecture: x64
  InstallerUrl: ${urlOf(version, found?.file ?? '')}
  InstallerSha256: ${(found?.sha256 ?? '').toUpperCase()}
${tail('installer')}`,
    ],
  ];
}

/** An image with the executable alone; the trace comes from a volume or a pipe. */
const containerfile = ({ version }) => `FROM debian:stable-slim
COPY etlcap-${version}-linux-x64 /usr/local/bin/etlcap
WORKDIR /traces
USER 65534:65534
ENTRYPOINT ["etlcap"]
CMD ["--help"]
`;
