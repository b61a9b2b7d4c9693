import { describeEdits } from './edits.ts';
import { postgresPlace } from './state-places.ts';

describeEdits('PostgreSQL', postgresPlace);
