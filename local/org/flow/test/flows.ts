import { file } from '../../metadata/test/packages.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

interface Start {
  readonly object?: string;
  readonly saves?: 'Create' | 'Update' | 'CreateAndUpdate';
  readonly timing?: 'RecordBeforeSave' | 'RecordAfterSave';
  /** Name of the first element. */
  readonly first?: string;
  readonly formula?: string;
  /** More of the start, such as filters. */
  readonly more?: string;
}

/** A record-triggered flow on Parcel__c, with the given elements from line 7 on. */
export function flow(
  inner: string,
  start: Start = {},
  settings = '<status>Active</status>',
): string {
  const { object = 'Parcel__c', saves = 'CreateAndUpdate', timing = 'RecordBeforeSave' } = start;
  const formula =
    start.formula === undefined ? '' : `<filterFormula>${escaped(start.formula)}</filterFormula>`;
  return file(
    'Flow',
    `<label>Parcels</label>
<apiVersion>66.0</apiVersion><processType>AutoLaunchedFlow</processType>
${settings}
<start><locationX>0</locationX><locationY>0</locationY><connector><targetReference>${start.first ?? 'A'}</targetReference></connector>${formula}${start.more ?? ''}
<object>${object}</object><recordTriggerType>${saves}</recordTriggerType><triggerType>${timing}</triggerType></start>
${inner}`,
  );
}

/** A flow that is started by its name, with the given elements from line 7 on. */
export const launched = (inner: string, first = 'A', settings = ''): string =>
  file(
    'Flow',
    `<label>Parcels</label>
<apiVersion>66.0</apiVersion><processType>AutoLaunchedFlow</processType>
<status>Active</status>${settings}
<runInMode>DefaultMode</runInMode>
<start><locationX>0</locationX><locationY>0</locationY><connector><targetReference>${first}</targetReference></connector></start>
${inner}`,
  );

/** `in`, `out`, or both. */
export const side = (name: string, sides: string, type = 'String'): string =>
  variable(name, type)
    .replace('<isInput>false', `<isInput>${String(sides.includes('in'))}`)
    .replace('<isOutput>false', `<isOutput>${String(sides.includes('out'))}`);

interface Get {
  readonly object?: string;
  /** Such as `['Code__c', 'EqualTo', 'x']`. */
  readonly filters?: readonly (readonly [string, string, Given])[];
  readonly logic?: string;
  readonly fields?: readonly string[];
  readonly first?: boolean;
  readonly next?: string;
  readonly fault?: string;
  readonly more?: string;
}

/** A Get Records element that keeps what it finds by itself. */
export function get(name: string, given: Get = {}): string {
  const { object = 'Parcel__c', filters = [], logic = 'and', fields = [], first = true } = given;
  const conditions = filters.map(
    ([field, operator, right]) =>
      `<filters><field>${field}</field><operator>${operator}</operator>${value(right)}</filters>`,
  );
  const queried = fields.map((one) => `<queriedFields>${one}</queriedFields>`).join('');
  const paths = connector(given.next) + connector(given.fault, 'faultConnector');
  return `<recordLookups>${node(name)}${paths}<filterLogic>${logic}</filterLogic>${conditions.join('')}<getFirstRecordOnly>${String(first)}</getFirstRecordOnly><object>${object}</object>${queried}${given.more ?? ''}<storeOutputAutomatically>true</storeOutputAutomatically></recordLookups>`;
}

/** A Create Records element that puts the id of the record into the variable `id`. */
export function create(
  name: string,
  fields: Readonly<Record<string, Given>>,
  paths: { readonly next?: string; readonly fault?: string } = {},
  object = 'Parcel__c',
): string {
  const inputs = Object.entries(fields).map(
    ([field, given]) =>
      `<inputAssignments><field>${field}</field>${value(given)}</inputAssignments>`,
  );
  return `<recordCreates>${node(name)}<assignRecordIdToReference>id</assignRecordIdToReference>${connector(paths.next)}${connector(paths.fault, 'faultConnector')}${inputs.join('')}<object>${object}</object></recordCreates>`;
}

export const loop = (name: string, over: string, each?: string, after?: string): string =>
  `<loops>${node(name)}<collectionReference>${over}</collectionReference><iterationOrder>Asc</iterationOrder>${connector(each, 'nextValueConnector')}${connector(after, 'noMoreValuesConnector')}</loops>`;

const node = (name: string): string =>
  `<name>${name}</name><label>${name}</label><locationX>0</locationX><locationY>0</locationY>`;

const connector = (to: string | undefined, element = 'connector'): string =>
  to === undefined ? '' : `<${element}><targetReference>${to}</targetReference></${element}>`;

/** `name` for what has a name, else a text. */
export function value(
  given: string | number | boolean | { readonly name: string },
  element = 'value',
) {
  const kinds = { string: 'stringValue', number: 'numberValue', boolean: 'booleanValue' } as const;
  const [kind, text] =
    typeof given === 'object'
      ? ['elementReference', given.name]
      : [kinds[typeof given as keyof typeof kinds], escaped(String(given))];
  return `<${element}><${kind}>${text}</${kind}></${element}>`;
}

type Given = Parameters<typeof value>[0];

export function item(target: string, given: Given, operator = 'Assign'): string {
  return `<assignmentItems><assignToReference>${target}</assignToReference><operator>${operator}</operator>${value(given)}</assignmentItems>`;
}

export const assignment = (name: string, items: string, next?: string): string =>
  `<assignments>${node(name)}${items}${connector(next)}</assignments>`;

export const condition = (left: string, operator: string, right: Given): string =>
  `<conditions><leftValueReference>${left}</leftValueReference><operator>${operator}</operator>${value(right, 'rightValue')}</conditions>`;

export const outcome = (name: string, conditions: string, next?: string, logic = 'and'): string =>
  `<rules><name>${name}</name><conditionLogic>${logic}</conditionLogic>${conditions}${connector(next)}<label>${name}</label></rules>`;

export const decision = (name: string, outcomes: string, otherwise?: string): string =>
  `<decisions>${node(name)}${connector(otherwise, 'defaultConnector')}${outcomes}</decisions>`;

export const formula = (name: string, source: string, type = 'String'): string =>
  `<formulas><name>${name}</name><dataType>${type}</dataType><expression>${escaped(source)}</expression></formulas>`;

export const variable = (name: string, type = 'String', start?: Given): string =>
  `<variables><name>${name}</name><dataType>${type}</dataType><isCollection>false</isCollection><isInput>false</isInput><isOutput>false</isOutput>${start === undefined ? '' : value(start)}</variables>`;

export function send(
  name: string,
  message: string,
  next?: string,
  more = '<flowTransactionModel>CurrentTransaction</flowTransactionModel>',
): string {
  return `<actionCalls>${node(name)}<actionName>${message}</actionName><actionType>outboundMessage</actionType>${connector(next)}${more}<nameSegment>${message}</nameSegment></actionCalls>`;
}

interface Call {
  readonly inputs?: Readonly<Record<string, Given>>;
  /** Variables by the outputs that they take. */
  readonly outputs?: Readonly<Record<string, string>>;
  readonly next?: string;
  readonly fault?: string;
}

/** A call of the Apex method of a class; without `outputs` it stores what comes out by itself. */
export function apexCall(name: string, className: string, given: Call = {}): string {
  const { inputs = {}, outputs, next, fault } = given;
  const handedIn = Object.entries(inputs).map(
    ([key, one]) => `<inputParameters><name>${key}</name>${value(one)}</inputParameters>`,
  );
  const taken = Object.entries(outputs ?? {}).map(
    ([key, to]) =>
      `<outputParameters><assignToReference>${to}</assignToReference><name>${key}</name></outputParameters>`,
  );
  return `<actionCalls>${node(name)}<actionName>${className}</actionName><actionType>apex</actionType>${connector(next)}${connector(fault, 'faultConnector')}<flowTransactionModel>CurrentTransaction</flowTransactionModel>${handedIn.join('')}<nameSegment>${className}</nameSegment>${taken.join('')}<storeOutputAutomatically>${String(outputs === undefined)}</storeOutputAutomatically></actionCalls>`;
}

interface Message {
  readonly user?: string;
  readonly fields?: readonly string[];
  readonly url?: string;
  readonly version?: string;
  readonly options?: string;
}

/** A workflow's file with one outbound message on each line from line 2 on. */
export function workflow(messages: Readonly<Record<string, Message>>): string {
  const each = Object.entries(messages).map(([name, message]) => {
    const { user = 'a@example.com', fields = ['Id'], url = 'https://sync.example/out' } = message;
    const { version = '66.0', options = '<includeSessionId>false</includeSessionId>' } = message;
    const list = fields.map((one) => `<fields>${one}</fields>`).join('');
    return `<outboundMessages><fullName>${name}</fullName><apiVersion>${version}</apiVersion><endpointUrl>${url}</endpointUrl>${list}${options}<integrationUser>${user}</integrationUser><name>${name}</name><protected>false</protected></outboundMessages>`;
  });
  return file('Workflow', each.join('\n'));
}
