/** As the address of a list view names it. */
const NAME = '__Recent';

/** As many as are kept of an object. */
const MOST = 50;

const keyOf = (userId, objectApiName) => `recently-viewed/${userId}/${objectApiName}`;

/**
 * The records of an object that a user has looked at in this browser, the last one first; an org keeps them itself.
 * @param {Storage} storage
 * @returns {string[]} ids
 */
export function viewedOf(storage, userId, objectApiName) {
  const ids = JSON.parse(storage.getItem(keyOf(userId, objectApiName)) ?? '[]');
  return Array.isArray(ids) ? ids : [];
}

/** Notes that a record was looked at. */
export function noteViewed(storage, userId, objectApiName, recordId) {
  const others = viewedOf(storage, userId, objectApiName).filter((id) => id !== recordId);
  const ids = [recordId, ...others].slice(0, MOST);
  storage.setItem(keyOf(userId, objectApiName), JSON.stringify(ids));
}

/**
 * The list view of them, with which the tab of an object opens. It cannot be sorted.
 * @param {string[]} columns
 * @param {string} objects what they are called, in the plural
 */
export const recentView = (columns, ids, objects) => ({
  name: NAME,
  label: 'Recently Viewed',
  columns,
  ids,
  filters: [],
  note:
    ids.length === 0 ? `You haven't viewed any ${objects} recently. Try switching list views.` : '',
});
