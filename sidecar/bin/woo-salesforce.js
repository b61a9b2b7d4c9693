#!/usr/bin/env node
// Plain JavaScript on purpose: an old Node must get a sentence, not a syntax error.
import '../../scripts/require-node.js';

await import('../src/cli.ts');
