import { childOf, type XmlElement } from '../../xml/parse-xml.ts';
import { problemAt, type Problem } from '../../xml/read-typed.ts';

/** Elements that the local org understands, by the kind of element that they stand in. */
interface Kind {
  readonly plain: readonly string[];
  readonly inner?: Readonly<Record<string, Kind>>;
  /** Switches that have another position here than elsewhere. */
  readonly positions?: Readonly<Record<string, string | undefined>>;
}

const CHANGED = 'doesRequireRecordChangedToMeetCriteria';

const node = ['name', 'label', 'description', 'locationX', 'locationY', 'processMetadataValues'];

const value: Kind = {
  plain: [
    'booleanValue',
    'dateTimeValue',
    'dateValue',
    'elementReference',
    'numberValue',
    'stringValue',
  ],
};
const connector: Kind = { plain: ['isGoTo', 'processMetadataValues', 'targetReference'] };

const condition: Kind = {
  plain: ['leftValueReference', 'operator', 'processMetadataValues'],
  inner: { rightValue: value },
};

const rule: Kind = {
  plain: [...node, 'conditionLogic', CHANGED],
  positions: { [CHANGED]: 'false' },
  inner: { conditions: condition, connector },
};

const filter: Kind = {
  plain: ['field', 'operator', 'processMetadataValues'],
  inner: { value },
};

const start: Kind = {
  plain: [
    ...node,
    'doesRequireRecordChangedToMeetCriteria',
    'filterFormula',
    'filterLogic',
    'object',
    'recordTriggerType',
    'triggerType',
  ],
  inner: {
    connector,
    filters: filter,
    schedule: { plain: ['frequency', 'startDate', 'startTime'] },
    scheduledPaths: {
      plain: [
        'name',
        'label',
        'description',
        'maxBatchSize',
        'offsetNumber',
        'offsetUnit',
        'pathType',
        'recordField',
        'timeSource',
      ],
      inner: { connector },
    },
  },
};

/** Elements that read and write records. */
const records: Readonly<Record<string, Kind>> = {
  loops: {
    plain: [...node, 'collectionReference', 'iterationOrder'],
    inner: { nextValueConnector: connector, noMoreValuesConnector: connector },
  },
  recordCreates: {
    plain: [...node, 'assignRecordIdToReference', 'object'],
    inner: { connector, faultConnector: connector, inputAssignments: filter },
  },
  recordLookups: {
    plain: [
      ...node,
      'assignNullValuesIfNoRecordsFound',
      'filterLogic',
      'getFirstRecordOnly',
      'object',
      'queriedFields',
      'sortField',
      'sortOrder',
      'storeOutputAutomatically',
    ],
    inner: { connector, faultConnector: connector, filters: filter },
    positions: { storeOutputAutomatically: 'true' },
  },
  recordUpdates: {
    plain: [...node, 'filterLogic', 'inputReference', 'object'],
    inner: {
      connector,
      faultConnector: connector,
      filters: filter,
      inputAssignments: filter,
    },
  },
};

const flow: Kind = {
  plain: [
    'apiVersion',
    'areMetricsLoggedToDataCloud',
    'description',
    'environments',
    'fullName',
    'interviewLabel',
    'isAdditionalPermissionRequiredToRun',
    'label',
    'processMetadataValues',
    'processType',
    'runInMode',
    'status',
    'triggerOrder',
  ],
  inner: {
    actionCalls: {
      plain: [
        ...node,
        'actionName',
        'actionType',
        'flowTransactionModel',
        'nameSegment',
        'offset',
        'storeOutputAutomatically',
        'versionString',
      ],
      inner: {
        connector,
        faultConnector: connector,
        inputParameters: { plain: ['name', 'processMetadataValues'], inner: { value } },
        outputParameters: { plain: ['name', 'assignToReference', 'processMetadataValues'] },
      },
      // Of actions of the platform it is looked at where they are compiled.
      positions: { storeOutputAutomatically: undefined },
    },
    assignments: {
      plain: node,
      inner: {
        assignmentItems: {
          plain: ['assignToReference', 'operator', 'processMetadataValues'],
          inner: { value },
        },
        connector,
      },
    },
    constants: { plain: [...node, 'dataType'], inner: { value } },
    decisions: {
      plain: [...node, 'defaultConnectorLabel'],
      inner: { defaultConnector: connector, rules: rule },
    },
    formulas: { plain: [...node, 'dataType', 'expression', 'scale'] },
    start,
    ...records,
    subflows: {
      plain: [...node, 'flowName'],
      inner: {
        connector,
        inputAssignments: { plain: ['name', 'processMetadataValues'], inner: { value } },
        outputAssignments: { plain: ['name', 'assignToReference', 'processMetadataValues'] },
      },
    },
    textTemplates: { plain: [...node, 'isViewedAsPlainText', 'text'] },
    variables: {
      plain: [...node, 'dataType', 'isCollection', 'isInput', 'isOutput', 'scale'],
      inner: { value },
    },
  },
};

/** Switches that change what a flow does; the local org knows one position of each. */
const positions: Readonly<Record<string, string>> = {
  areMetricsLoggedToDataCloud: 'false',
  assignNullValuesIfNoRecordsFound: 'false',
  environments: 'Default',
  isViewedAsPlainText: 'true',
  processType: 'AutoLaunchedFlow',
  runInMode: 'DefaultMode',
  storeOutputAutomatically: 'false',
};

/** Elements that take the values of a record from a variable, or one by one. */
const writing = ['recordCreates', 'recordUpdates'];

/** Why no org runs the element, where one is known. */
function fault(element: XmlElement, parent: XmlElement): string | undefined {
  const name = childOf(element, 'name')?.text.trim() ?? '';
  if (element.name === 'screens') {
    const type = childOf(parent, 'processType')?.text.trim();
    return type === 'AutoLaunchedFlow'
      ? `A flow of the type AutoLaunchedFlow cannot have ${element.name}: ${name}`
      : undefined;
  }
  if (element.name === 'inputReference' && writing.includes(parent.name)) {
    return childOf(parent, 'object') || childOf(parent, 'inputAssignments')
      ? `${parent.name} takes an inputReference, or an object with inputAssignments, not both`
      : undefined;
  }
  if (element.name === 'recordDeletes') {
    return childOf(element, 'inputReference') || childOf(element, 'object')
      ? undefined
      : `Required field is missing: inputReference or object, of what ${name} deletes`;
  }
  return undefined;
}

function unknown(element: XmlElement, parent: XmlElement, owner: string): Problem {
  const wrong = fault(element, parent);
  if (wrong !== undefined) return problemAt(element, wrong);
  const name = childOf(element, 'name')?.text.trim() ?? owner;
  const what = name === '' ? element.name : `${element.name} (${name})`;
  return problemAt(
    element,
    `The local org does not run ${what} in flows. Leave it out, or deploy this flow to a real org.`,
  );
}

/** Flow Builder writes an empty text as a value; a real org refuses the constants' names. */
function globalConstant(element: XmlElement): Problem[] {
  const name = element.text.trim();
  return element.name === 'elementReference' && /^\$GlobalConstant\.(EmptyString|Null)$/i.test(name)
    ? [
        problemAt(
          element,
          `${name} is no element; write the value itself, <stringValue></stringValue> for an empty text`,
        ),
      ]
    : [];
}

function inPosition(element: XmlElement, kind: Kind): Problem[] {
  const position = { ...positions, ...kind.positions }[element.name];
  return position === undefined || element.text.trim() === position
    ? []
    : [problemAt(element, `The local org runs flows with ${element.name} ${position} only.`)];
}

/** A record that comes to meet conditions: there must be some. */
function changedToMeetNothing(child: XmlElement, parent: XmlElement): Problem[] | undefined {
  if (child.name !== CHANGED || child.text.trim() !== 'true') return undefined;
  const hasConditions = ['filters', 'filterFormula', 'conditions'].some((one) =>
    childOf(parent, one),
  );
  const message = `${CHANGED} can be true only where there are conditions: filters or a filterFormula`;
  return hasConditions ? undefined : [problemAt(child, message)];
}

function check(element: XmlElement, kind: Kind, owner: string): Problem[] {
  return element.children.flatMap((child) => {
    const inner = kind.inner?.[child.name];
    if (inner) return check(child, inner, childOf(child, 'name')?.text.trim() ?? owner);
    if (!kind.plain.includes(child.name)) return [unknown(child, element, owner)];
    return (
      changedToMeetNothing(child, element) ?? [...inPosition(child, kind), ...globalConstant(child)]
    );
  });
}

/** Everything in a flow's file that the local org does not run, each by its name. */
export const unknownElements = (root: XmlElement): readonly Problem[] => check(root, flow, '');
