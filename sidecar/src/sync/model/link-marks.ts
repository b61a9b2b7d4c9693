/**
 * Stands for the hash of a link that was found in the org: what its record holds is not known, so it is compared
 * before it is written. No row has this hash.
 */
export const FOUND = 'found in the org';

/** Stands for a link's hash once its record was flagged as deleted. No row has this hash. */
export const FLAGGED = 'flagged as deleted';
