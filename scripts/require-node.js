// Plain JavaScript on purpose: it must load on the old Node that it refuses.
const major = Number(process.versions.node.split('.')[0]);

if (major < 24) {
  console.error(
    `Node ${process.versions.node} is too old: run "npm ci" and use the npm scripts, which bring Node 24, or put Node 24 or later on PATH.`,
  );
  process.exit(1);
}

/** vitest's global set-up calls the default export; importing this file has checked already. */
export default function requireNode() {}
