export type { ReportData, ReportHistogram, ReportTrace, ReportWay } from './data.js';
export { type PageAssets, reportPage, scriptJson } from './page.js';
export { stackMap } from './stack-map.js';
export { Timeline } from './timeline.js';
