/** The project's metadata and the org's description of its objects, as the host serves them. */
let loaded;

const ask = async () => {
  const response = await fetch(`/host/pages${window.location.search}`);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer[0]?.message ?? `The host answered ${response.status}.`);
  return answer;
};

/** @throws Error with the host's reason where the metadata cannot be read */
export async function loadPages() {
  loaded = await ask();
  return loaded;
}

export const app = () => loaded.app;

/** A tab that shows a Lightning page: `{ label, page }`; undefined where the user does not have it. */
export const pageTab = (name) => loaded.pageTabs[name];

/** The Lightning page of a tab. */
export const pageOfTab = (name) => loaded.flexiPages[pageTab(name)?.page];

/** What the org tells of an object, or undefined where its user may not see it. */
export const objectInfo = (objectApiName) => loaded.objectInfos[objectApiName];

const nothing = {
  compactFields: ['Name'],
  layout: { sections: [], relatedLists: [] },
  listViews: [],
  recentColumns: ['Name'],
  actions: [],
};

export const objectPages = (objectApiName) => loaded.objects[objectApiName] ?? nothing;

/** The object whose ids begin so, or undefined. */
export const objectOfId = (recordId) =>
  Object.values(loaded.objectInfos).find(({ keyPrefix }) => keyPrefix === recordId.slice(0, 3))
    ?.apiName;

/** Types of the properties that a component lets admins set, by their names. */
export const propertyTypes = (component) => loaded.propertyTypes[component] ?? {};

/** The icon of an object's tab. */
export const iconOf = (objectApiName) => loaded.icons[objectApiName] ?? 'standard:record';

const fits = (formFactor) => (override) => [formFactor, ''].includes(override.formFactor);

/** The Lightning page for an object's records: the app's, the object's, or undefined. */
export function pageFor(objectApiName, formFactor) {
  const overrides = [...loaded.app.overrides, ...loaded.overrides].filter(
    ({ object }) => object === objectApiName,
  );
  const override = overrides.find(fits(formFactor));
  return override && loaded.flexiPages[override.page];
}

/** The app's home page. A small window is given the large one, as computers are: phones have no app home. */
export const homePage = () => pageFor('standard-home', 'Large');
