#!/usr/bin/env -S node --max-semi-space-size=8 --max-old-space-size=1900
// A heap that may grow beyond 2 GB grows fourfold before V8 cleans it up, a smaller one twofold. We need a tenth of it.
// Pages and rows live longer than Node's nursery expects: with a larger one, garbage piles up behind it.
// Plain JavaScript on purpose: an old Node must get a sentence, not a syntax error.
import '../../scripts/require-node.js';
import * as module from 'node:module';
import { join } from 'node:path';

// Halves the time to start. Kept beside the code: a cache in the shared temporary folder could be another user's.
module.enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/woo-salesforce'));

await import('../src/cli.ts');
