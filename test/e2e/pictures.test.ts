import { describePictures } from './pictures.ts';
import { directoryPlace } from './state-places.ts';

describePictures('a directory', directoryPlace, true);
