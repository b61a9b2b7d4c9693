import { describePictures } from './pictures.ts';
import { postgresPlace } from './state-places.ts';

describePictures('PostgreSQL', postgresPlace);
