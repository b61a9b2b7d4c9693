import type { ApiError } from '../../model/errors.ts';
import type { Answer } from '../../api/answer.ts';
import type { OrgUser } from '../../api/sessions.ts';
import { describeMetadata, listMetadata } from '../retrieve/describe.ts';
import type { Jobs } from '../deploy/jobs.ts';
import { childOf, childrenOf, parseXml, XmlError, type XmlElement } from '../xml/parse-xml.ts';
import type { Retrieves } from '../retrieve/retrieves.ts';
import { readOptions } from './options.ts';
import { readRetrieve } from './retrieve.ts';
import { soapAnswer, soapFault, xmlAnswer } from './xml-answer.ts';
import type { MetadataTarget } from '../plan/target.ts';

/** What the answers need of the org. */
export interface MetadataServices {
  readonly target: MetadataTarget;
  readonly jobs: Jobs;
  readonly retrieves: Retrieves;
  readonly now: () => Date;
  /** Why the user may not use the Metadata API; undefined when it may. */
  readonly refusalFor: (user: OrgUser) => ApiError | undefined;
}

/** Why a quick deploy has nothing to deploy. */
export const noValidation = (id: string): string =>
  `there is no successful validation ${id} of the last ten days`;

interface Operation {
  readonly element: XmlElement;
  /** Base64 of the zip, taken out of the envelope before it is parsed: it can be 52 MB. */
  readonly zip: string;
  readonly user: OrgUser;
  readonly services: MetadataServices;
}

const fault = (code: string, message: string): Answer => xmlAnswer(500, soapFault(code, message));

const textOf = (element: XmlElement, name: string): string =>
  childOf(element, name)?.text.trim() ?? '';

/** Children as values; those that occur twice as arrays. */
function optionsOf(element: XmlElement | undefined): Record<string, unknown> {
  const names = new Set((element?.children ?? []).map((one) => one.name));
  return Object.fromEntries(
    [...names].map((name) => {
      const values = element ? childrenOf(element, name).map((one) => one.text.trim()) : [];
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

function startDeploy({ element, zip, user, services }: Operation): Answer {
  // jsforce writes DeployOptions with a capital, the WSDL without.
  const options = childOf(element, 'DeployOptions') ?? childOf(element, 'deployOptions');
  const id = services.jobs.start({
    by: user,
    zip: Buffer.from(zip, 'base64'),
    options: readOptions(optionsOf(options)),
  });
  return xmlAnswer(200, soapAnswer('deploy', { done: false, id, state: 'Queued' }));
}

function deployValidated({ element, user, services }: Operation): Answer {
  const validation = textOf(element, 'validationId');
  const id = services.jobs.startValidated(validation, user);
  return id === undefined
    ? fault('INVALID_CROSS_REFERENCE_KEY', noValidation(validation))
    : xmlAnswer(200, soapAnswer('deployRecentValidation', id));
}

function deployStatus({ element, services }: Operation): Answer {
  const id = textOf(element, 'asyncProcessId');
  const job = services.jobs.find(id);
  if (!job) return fault('INVALID_ID_FIELD', `no deploy with the id ${id}`);
  const { details, ...rest } = job.result;
  const withDetails = textOf(element, 'includeDetails') === 'true';
  return xmlAnswer(200, soapAnswer('checkDeployStatus', withDetails ? { ...rest, details } : rest));
}

function startRetrieve({ element, user, services }: Operation): Answer {
  const request = readRetrieve(element);
  if ('stranger' in request) {
    return fault(
      'NOT_EMULATED',
      `the local org retrieves what package.xml names, without ${request.stranger}`,
    );
  }
  const id = services.retrieves.start({ ...request, by: user });
  return xmlAnswer(200, soapAnswer('retrieve', { done: false, id, state: 'Queued' }));
}

function retrieveStatus({ element, services }: Operation): Answer {
  const id = textOf(element, 'asyncProcessId');
  const result = services.retrieves.find(id);
  return result
    ? xmlAnswer(200, soapAnswer('checkRetrieveStatus', result))
    : fault('INVALID_ID_FIELD', `no retrieve with the id ${id}`);
}

function cancelDeploy({ element, user, services }: Operation): Answer {
  const id = textOf(element, 'String') || textOf(element, 'id');
  if (!services.jobs.find(id)) return fault('INVALID_ID_FIELD', `no deploy with the id ${id}`);
  if (services.jobs.cancel(id, user)) {
    return xmlAnswer(200, soapAnswer('cancelDeploy', { done: true, id }));
  }
  return fault('INVALID_ID_FIELD', `the deploy ${id} is completed and can't be canceled`);
}

function list({ element, user, services }: Operation): Answer {
  const { target, now } = services;
  const lists = childrenOf(element, 'queries').map((query) => {
    const type = textOf(query, 'type');
    return { type, found: listMetadata(target, type, user, now().toISOString()) };
  });
  const unknown = lists.find((one) => one.found === undefined);
  if (unknown) {
    return fault('INVALID_TYPE', `the local org does not emulate metadata of type ${unknown.type}`);
  }
  return xmlAnswer(
    200,
    soapAnswer(
      'listMetadata',
      lists.flatMap((one) => one.found ?? []),
    ),
  );
}

const operations: ReadonlyMap<string, (operation: Operation) => Answer> = new Map([
  ['deploy', startDeploy],
  ['deployRecentValidation', deployValidated],
  ['checkDeployStatus', deployStatus],
  ['retrieve', startRetrieve],
  ['checkRetrieveStatus', retrieveStatus],
  ['cancelDeploy', cancelDeploy],
  ['describeMetadata', () => xmlAnswer(200, soapAnswer('describeMetadata', describeMetadata()))],
  ['listMetadata', list],
]);

interface Envelope {
  readonly operation: XmlElement;
  readonly sessionId: string;
  readonly zip: string;
}

function readEnvelope(source: string): Envelope {
  let zip = '';
  const small = source.replace(
    /<((?:\w+:)?ZipFile)>([^<]*)<\/\1>/,
    (_, name: string, content: string) => {
      zip = content;
      return `<${name}/>`;
    },
  );
  const root = parseXml(small);
  const header = childOf(root, 'Header');
  const session = header && childOf(header, 'SessionHeader');
  const operation = childOf(root, 'Body')?.children[0];
  if (!operation) throw new XmlError('the envelope has no operation in its Body', 1, 1);
  return { operation, zip, sessionId: session ? textOf(session, 'sessionId') : '' };
}

/**
 * Answers a call to `/services/Soap/m/{version}`. Faults are HTTP 500, as SOAP has it.
 * @param userOf the user of a session token, undefined when it is unknown or over
 */
export function handleMetadataSoap(
  source: string,
  services: MetadataServices,
  userOf: (token: string) => OrgUser | undefined,
): Answer {
  let envelope: Envelope;
  try {
    envelope = readEnvelope(source);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return fault('INVALID_XML', `${error.message} (${error.line}:${error.column})`);
  }
  const user = userOf(envelope.sessionId);
  if (!user) {
    return fault(
      'INVALID_SESSION_ID',
      'Invalid Session ID found in SessionHeader: Illegal Session. Session not found',
    );
  }
  const refused = services.refusalFor(user);
  if (refused) return fault(refused.errorCode, refused.message);
  const { operation: element, zip } = envelope;
  const operation = operations.get(element.name);
  return operation
    ? operation({ element, zip, user, services })
    : fault(
        'NOT_EMULATED',
        `the local org does not emulate the metadata call ${element.name}; docs/local-org.md ` +
          'lists what it does emulate',
      );
}
