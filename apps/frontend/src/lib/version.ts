import packageJson from '../../package.json';

/** The version of the product. For server components only: in the browser it would be the whole file. */
export const version: string = packageJson.version;
