/** API version of the newest release that the org speaks. */
export const NEWEST_VERSION = 68;
