export { type ConvertOutput, convert, convertOpened, convertWith, merge } from './convert.js';
