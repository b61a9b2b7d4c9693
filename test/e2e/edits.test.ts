import { it } from 'vitest';

import { polls } from './decisions.ts';
import { describeEdits } from './edits.ts';
import { directoryPlace } from './state-places.ts';

describeEdits('a directory', directoryPlace, (edits) => {
  it('arrive without a public address too, since Salesforce is asked', () => polls(edits()));
});
