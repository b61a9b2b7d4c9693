import { describeCrashes } from './crashes.ts';
import { postgresPlace } from './state-places.ts';

describeCrashes('PostgreSQL', postgresPlace);
