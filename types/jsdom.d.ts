/**
 * Stands in for the types of jsdom, which vitest names and the unit tests of components bring along: the real ones add
 * the DOM's globals to code that runs in Node.
 */
export interface ConstructorOptions {
  readonly url?: string;
}
