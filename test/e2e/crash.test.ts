import { describeCrashes } from './crashes.ts';
import { directoryPlace } from './state-places.ts';

describeCrashes('a directory', directoryPlace);
