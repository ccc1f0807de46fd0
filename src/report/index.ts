export { type BuildReportOptions, buildReport } from './build-report.js';
export type { PageAssets } from './page.js';
