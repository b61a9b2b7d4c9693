import { describe, expect, it } from 'vitest';

import { changedLines, isIn } from './changed-lines.ts';

const DIFF = `diff --git a/sidecar/src/a.ts b/sidecar/src/a.ts
index 1..2 100644
--- a/sidecar/src/a.ts
+++ b/sidecar/src/a.ts
@@ -3 +3,2 @@ export function a() {
-old
+new
+newer
@@ -20,2 +21,0 @@ export function b() {
-gone
-gone too
@@ -30 +29 @@
-x
+y
diff --git a/sidecar/src/new.ts b/sidecar/src/new.ts
new file mode 100644
--- /dev/null
+++ b/sidecar/src/new.ts
@@ -0,0 +1,9 @@
+all
diff --git a/sidecar/src/gone.ts b/sidecar/src/gone.ts
--- a/sidecar/src/gone.ts
+++ /dev/null
@@ -1,9 +0,0 @@
-all
`;

describe('lines that have changed', () => {
  it('are those that are there now, of each file', () => {
    expect([...changedLines(DIFF)]).toEqual([
      [
        'sidecar/src/a.ts',
        [
          [3, 4],
          [29, 29],
        ],
      ],
      ['sidecar/src/new.ts', [[1, 9]]],
    ]);
  });

  it.each([
    [3, 3, true],
    [1, 3, true],
    [4, 8, true],
    [1, 30, true],
    [1, 2, false],
    [5, 28, false],
    [21, 21, false],
    [30, 31, false],
  ])('hold what is in lines %i to %i: %s', (line, lastLine, expected) => {
    const lines = changedLines(DIFF).get('sidecar/src/a.ts') ?? [];
    expect(isIn(lines, { line, lastLine })).toBe(expected);
  });
});
