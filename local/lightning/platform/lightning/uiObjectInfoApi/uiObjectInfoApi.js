import { read } from 'platform/http';
import { Wire } from 'platform/wire';

/** Answers about the schema; they hold as long as the page does. */
const known = new Map();

function ask(path) {
  if (!known.has(path)) {
    const answer = read('GET', `/ui-api/object-info/${path}`);
    known.set(path, answer);
    answer.catch(() => known.delete(path));
  }
  return known.get(path);
}

const objectOf = (name) => (typeof name === 'string' ? name : name?.objectApiName);

function fieldOf(name) {
  if (typeof name === 'object') return name;
  const [objectApiName, fieldApiName] = name.split('.');
  return { objectApiName, fieldApiName };
}

/** Wire with `{ objectApiName }`. */
export class getObjectInfo extends Wire {
  isReady(config) {
    return Boolean(config?.objectApiName);
  }

  ask({ objectApiName }) {
    return ask(objectOf(objectApiName));
  }
}

/** Wire with `{ objectApiNames }`: data is `{ results: [{ statusCode, result }] }`. */
export class getObjectInfos extends Wire {
  isReady(config) {
    return config?.objectApiNames?.length > 0;
  }

  ask({ objectApiNames }) {
    return ask(`batch/${objectApiNames.map(objectOf).join()}`);
  }
}

/** Wire with `{ recordTypeId, fieldApiName }`: data is `{ values: [{ label, value }], defaultValue, … }`. */
export class getPicklistValues extends Wire {
  isReady(config) {
    return Boolean(config?.recordTypeId && config.fieldApiName);
  }

  ask({ recordTypeId, fieldApiName: name }) {
    const { objectApiName, fieldApiName } = fieldOf(name);
    return ask(`${objectApiName}/picklist-values/${recordTypeId}/${fieldApiName}`);
  }
}

/** Wire with `{ objectApiName, recordTypeId }`: data is `{ picklistFieldValues: { Status__c: … } }`. */
export class getPicklistValuesByRecordType extends Wire {
  isReady(config) {
    return Boolean(config?.objectApiName && config.recordTypeId);
  }

  ask({ objectApiName, recordTypeId }) {
    return ask(`${objectOf(objectApiName)}/picklist-values/${recordTypeId}`);
  }
}
