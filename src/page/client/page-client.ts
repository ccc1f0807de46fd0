import './page.css';
import { count, plural, size } from '../../format/index.js';
import type { ConvertMessage, PageData, PageOptions, WorkerMessage } from '../messages.js';
import { choice, h, selectedValue } from './elements.js';
import { resultSection } from './result-section.js';

// The page: chosen files go to the worker, its results become sections with downloads.

const data: PageData = JSON.parse(document.getElementById('data')?.textContent ?? '{}');

const fileInput = h('input', { type: 'file', id: 'files', multiple: true, accept: '.etl,.zip,.gz' });
const dropArea = h(
  'label',
  { class: 'drop', for: 'files' },
  h('strong', {}, 'Choose .etl files'),
  ' or drop them here. A .zip or .gz archive with traces works too.',
  fileInput,
);
const fileList = h('ul', { class: 'files', 'aria-label': 'Chosen files' });
const oneCopy = choice('one-copy', 'Copies of a packet', [
  ['', 'All: one at each location in Windows'],
  ['nic', 'One, as it crossed the wire (NIC)'],
  ['stack', 'One, as TCP/IP saw it (stack)'],
  ['first', 'The first in time'],
  ['last', 'The last in time'],
]);
const drops = choice('drops', 'Packets', [
  ['', 'All'],
  ['only', 'Dropped packets only'],
  ['exclude', 'Without dropped packets'],
]);
const comments = choice('comments', 'Packet comments', [
  ['full', 'Full'],
  ['brief', 'Brief'],
  ['none', 'None'],
]);
const split = choice('split', 'Link types', [
  ['', 'All in one file'],
  ['linktype', 'One file for each (for tcpdump and others)'],
]);
const convertButton = h('button', { type: 'button', class: 'primary', disabled: true }, 'Convert');
const folderButton = h('button', { type: 'button', disabled: true }, 'Convert into a folder …');
const cancelButton = h('button', { type: 'button', hidden: true }, 'Cancel');
const progressBar = h('progress', { max: 1, value: 0, 'aria-label': 'Progress', hidden: true });
const status = h('p', { role: 'status', class: 'status' });
const results = h('div', { id: 'results' });

let files: readonly File[] = [];
let worker: Worker | undefined;
const workerUrl = URL.createObjectURL(new Blob([data.worker], { type: 'text/javascript' }));

function choose(chosen: readonly File[]): void {
  files = chosen;
  fileList.replaceChildren(...files.map(({ name, size: bytes }) => h('li', {}, `${name} (${size(bytes)})`)));
  convertButton.disabled = files.length === 0;
  folderButton.disabled = files.length === 0;
}

function options(): PageOptions {
  const chosen = {
    oneCopy: selectedValue(oneCopy, ['nic', 'stack', 'first', 'last']),
    comments: selectedValue(comments, ['full', 'brief', 'none']),
    drops: selectedValue(drops, ['only', 'exclude']),
    split: selectedValue(split, ['linktype']),
  };
  return {
    ...(chosen.oneCopy && { oneCopy: chosen.oneCopy }),
    ...(chosen.comments && { comments: chosen.comments }),
    ...(chosen.drops && { drops: chosen.drops }),
    ...(chosen.split && { split: chosen.split }),
  };
}

function start(directory?: FileSystemDirectoryHandle): void {
  results.replaceChildren();
  setRunning(true);
  let failures = 0;
  let converted = 0;
  worker = new Worker(workerUrl);
  worker.addEventListener('error', (event) => {
    showFailure(`The conversion ended early: ${event.message || 'the browser stopped it'}.`);
    setRunning(false);
  });
  worker.addEventListener('message', ({ data: message }: MessageEvent<WorkerMessage>) => {
    switch (message.type) {
      case 'progress':
        progressBar.value = message.fraction;
        status.textContent = `${PHASES.get(message.phase) ?? message.phase} ${message.name}: ${Math.floor(message.fraction * 100)} %`;
        break;
      case 'result':
        converted += 1;
        results.append(resultSection(message.result));
        break;
      case 'failed':
        failures += 1;
        showFailure(message.message);
        break;
      case 'done':
        setRunning(false);
        status.textContent = `Done: ${plural(converted, 'trace')} converted${failures > 0 ? `, ${count(failures)} failed` : ''}.`;
        results.querySelector('h2')?.focus();
    }
  });
  const { report, version } = data;
  const message: ConvertMessage = {
    files,
    options: options(),
    version,
    report,
    ...(directory && { directory }),
  };
  worker.postMessage(message);
}

const PHASES: ReadonlyMap<string, string> = new Map([
  ['convert', 'Converting'],
  ['diagnose', 'Examining'],
  ['report', 'Building the report of'],
]);

function showFailure(text: string): void {
  results.append(h('p', { class: 'failure', role: 'alert' }, text));
}

function setRunning(isRunning: boolean): void {
  if (!isRunning) {
    worker?.terminate();
    worker = undefined;
  }
  progressBar.hidden = !isRunning;
  progressBar.value = 0;
  cancelButton.hidden = !isRunning;
  for (const element of [convertButton, folderButton, fileInput, oneCopy, drops, comments, split]) {
    if (element instanceof HTMLButtonElement || element instanceof HTMLInputElement)
      element.disabled = isRunning;
    else for (const select of element.querySelectorAll('select')) select.disabled = isRunning;
  }
}

async function startInFolder(): Promise<void> {
  if (window.showDirectoryPicker === undefined) return;
  try {
    start(await window.showDirectoryPicker({ mode: 'readwrite' }));
  } catch (error) {
    // The dialog was closed without a choice.
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
  }
}

fileInput.addEventListener('change', () => choose([...(fileInput.files ?? [])]));
convertButton.addEventListener('click', () => start());
folderButton.addEventListener('click', () => void startInFolder());
cancelButton.addEventListener('click', () => {
  setRunning(false);
  status.textContent = 'Cancelled.';
  convertButton.focus();
});
for (const type of ['dragover', 'dragleave', 'drop'] as const) {
  document.addEventListener(type, (event) => {
    event.preventDefault();
    dropArea.classList.toggle('over', type === 'dragover');
    if (type === 'drop' && worker === undefined) choose([...(event.dataTransfer?.files ?? [])]);
  });
}
folderButton.hidden = window.showDirectoryPicker === undefined;

document
  .getElementById('page')
  ?.append(
    h(
      'header',
      {},
      h('h1', {}, 'etlcap'),
      h(
        'p',
        {},
        'Converts Windows packet captures (ETL files of netsh trace, pktmon and New-NetEventSession) to pcapng for Wireshark.',
      ),
      h(
        'p',
        { class: 'private' },
        'Nothing is uploaded: the conversion runs in this browser, and the Content-Security-Policy of this page forbids all connections.',
      ),
    ),
    dropArea,
    fileList,
    h('fieldset', {}, h('legend', {}, 'Options'), oneCopy, drops, comments, split),
    h('div', { class: 'actions' }, convertButton, folderButton, cancelButton),
    progressBar,
    status,
    results,
    h(
      'footer',
      {},
      `etlcap ${data.version}. For large collections, more options and pipelines, use the etlcap command.`,
    ),
  );
