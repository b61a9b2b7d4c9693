import { exception } from '../run/exception.ts';
import type { DeployedRecord, DeployOutcome } from '../run/host.ts';
import type { ApexObject } from '../run/linked.ts';
import { current } from '../run/transaction.ts';
import {
  platformClass,
  platformEnum,
  platformInterface,
  type PlatformClass,
} from '../types/platform.ts';
import { ApexList, isNumber, toDouble } from '../values/collections.ts';
import { enumValue } from '../values/enums.ts';
import { textOf } from '../values/text.ts';
import { PlatformObject, type Value } from '../values/value.ts';
import { fields } from './http.ts';

const STATUSES = [
  'Canceled',
  'Canceling',
  'Failed',
  'FinalizingDeploy',
  'FinalizingDeployFailed',
  'InProgress',
  'Pending',
  'Succeeded',
  'SucceededPartial',
];

class CustomMetadataObject extends PlatformObject {
  readonly apexType = 'Metadata.CustomMetadata';
  fullName: Value = null;
  label: Value = null;
  values: Value = new ApexList('Metadata.CustomMetadataValue');
}

class CustomMetadataValueObject extends PlatformObject {
  readonly apexType = 'Metadata.CustomMetadataValue';
  field: Value = null;
  value: Value = null;
}

class ContainerObject extends PlatformObject {
  readonly apexType = 'Metadata.DeployContainer';
  readonly components = new ApexList('Metadata.Metadata');
}

class ResultObject extends PlatformObject {
  readonly apexType = 'Metadata.DeployResult';
  status: Value = null;
  details: Value = null;
  errorMessage: Value = null;
  success: Value = null;
  id: Value = null;
}

class DetailsObject extends PlatformObject {
  readonly apexType = 'Metadata.DeployDetails';
  componentFailures: Value = new ApexList('Metadata.DeployMessage');
  componentSuccesses: Value = new ApexList('Metadata.DeployMessage');
}

class MessageObject extends PlatformObject {
  readonly apexType = 'Metadata.DeployMessage';
  fullName: Value = null;
  problem: Value = null;
  componentType: Value = null;
}

class ContextObject extends PlatformObject {
  readonly apexType = 'Metadata.DeployCallbackContext';
}

function plainValue(value: Value): string | number | boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  return isNumber(value) ? toDouble(value) : textOf(value);
}

const recordOf = (component: Value): DeployedRecord => {
  const { fullName, label, values } = component as CustomMetadataObject;
  return {
    fullName: textOf(fullName),
    label: label === null ? null : textOf(label),
    values: (values as ApexList).items.map((one) => {
      const { field, value } = one as CustomMetadataValueObject;
      return { field: textOf(field), value: plainValue(value) };
    }),
  };
};

/** What the callback is told of a deploy. */
function resultOf({ success, failures, message: why }: DeployOutcome): ResultObject {
  const result = new ResultObject();
  const details = new DetailsObject();
  result.success = success;
  result.errorMessage = why;
  result.status = enumValue('Metadata.DeployStatus', STATUSES, success ? 'Succeeded' : 'Failed');
  details.componentFailures = new ApexList(
    'Metadata.DeployMessage',
    failures.map(({ fullName, problem }) => {
      const message = new MessageObject();
      message.fullName = fullName;
      message.problem = problem;
      return message;
    }),
  );
  result.details = details;
  return result;
}

const HEARD = 'm_handleresult$Metadata_DeployResult$Metadata_DeployCallbackContext';

function enqueue({ components }: ContainerObject, callback: ApexObject | null): string {
  const { isTest, host } = current();
  if (isTest) {
    throw exception('AsyncException', 'Metadata cannot be deployed from within a test');
  }
  return host.enqueueDeployment(components.items.map(recordOf), (outcome) => {
    callback?.[HEARD]?.(resultOf(outcome), new ContextObject());
  });
}

export const metadataClasses: readonly PlatformClass[] = [
  platformClass('Metadata.Metadata', fields('String fullName')),
  platformClass(
    'Metadata.CustomMetadata',
    {
      'new()': () => new CustomMetadataObject(),
      ...fields('String fullName', 'String label', 'List<Metadata.CustomMetadataValue> values'),
    },
    { base: 'Metadata.Metadata' },
  ),
  platformClass('Metadata.CustomMetadataValue', {
    'new()': () => new CustomMetadataValueObject(),
    ...fields('String field', 'Object value'),
  }),
  platformClass('Metadata.DeployContainer', {
    'new()': () => new ContainerObject(),
    'void addMetadata(Metadata.Metadata)': ({ components }: ContainerObject, one: Value) => {
      components.items.push(one);
    },
    'List<Metadata.Metadata> getMetadata()': ({ components }: ContainerObject) => components,
  }),
  platformClass('Metadata.Operations', {
    'static Id enqueueDeployment(Metadata.DeployContainer, Metadata.DeployCallback?)': enqueue,
  }),
  platformInterface(
    'Metadata.DeployCallback',
    'void handleResult(Metadata.DeployResult, Metadata.DeployCallbackContext)',
  ),
  platformClass('Metadata.DeployCallbackContext', { 'new()': () => new ContextObject() }),
  platformClass('Metadata.DeployResult', {
    'new()': () => new ResultObject(),
    ...fields('Metadata.DeployStatus status', 'Metadata.DeployDetails details'),
    ...fields('String errorMessage', 'Boolean success', 'Id id'),
  }),
  platformClass('Metadata.DeployDetails', {
    'new()': () => new DetailsObject(),
    ...fields('List<Metadata.DeployMessage> componentFailures'),
    ...fields('List<Metadata.DeployMessage> componentSuccesses'),
  }),
  platformClass('Metadata.DeployMessage', {
    'new()': () => new MessageObject(),
    ...fields('String fullName', 'String problem', 'String componentType'),
  }),
  platformEnum('Metadata.DeployStatus', ...STATUSES),
];
