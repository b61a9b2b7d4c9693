import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OrgOptions } from '../../org.ts';
import { deployFiles, failuresOf } from '../../metadata/test/packages.ts';
import { gatewayFiles } from '../../apex/test/shipped-gateway.ts';
import { RightsOrg, type User } from './rights-org.ts';
import type { Reply } from './http-org.ts';

export const PLACE = {
  externalCredential: 'Woo_Store',
  principalName: 'Woo_Keys',
  principalType: 'NamedPrincipal',
};

/** A class with an address, which answers with the status that its query asks for. */
const otherClass = `@RestResource(urlMapping='/other/one')
global class Other {
  @HttpGet
  global static void read() {
    RestResponse response = RestContext.response;
    response.statusCode = Integer.valueOf(RestContext.request.params.get('status'));
    response.responseBody = Blob.valueOf('{}');
  }
  @HttpPost
  global static String greet(String name, Integer times) {
    return name.repeat(times);
  }
}`;

export const externalCredential = (...principals: readonly string[]) => ({
  type: 'ExternalCredential',
  fullName: 'Woo_Store',
  body: {
    label: 'Woo Store',
    authenticationProtocol: 'Basic',
    externalCredentialParameters: principals.map((parameterName) => ({
      parameterName,
      parameterType: 'NamedPrincipal',
    })),
  },
});

const namedCredential = (url: string) => ({
  type: 'NamedCredential',
  fullName: 'Woo_Store',
  body: {
    calloutStatus: 'Enabled',
    generateAuthorizationHeader: true,
    namedCredentialParameters: [
      { parameterType: 'Url', parameterValue: url },
      { parameterType: 'Authentication', externalCredential: 'Woo_Store' },
    ],
  },
});

/** A shop that answers as the test says. */
export class Shop {
  readonly url: string;
  readonly asked: IncomingMessage[];
  readonly close: () => void;

  private constructor(url: string, asked: IncomingMessage[], close: () => void) {
    this.url = url;
    this.asked = asked;
    this.close = close;
  }

  static async open(
    answer: (response: ServerResponse, request: IncomingMessage) => void,
  ): Promise<Shop> {
    const asked: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      asked.push(request);
      answer(response, request);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new Shop(`http://127.0.0.1:${port}`, asked, () => {
      server.closeAllConnections();
      server.close();
    });
  }
}

/** An org with the gateway to a shop deployed, and nothing granted. */
export async function startApexOrg(shopUrl: string, options: OrgOptions = {}): Promise<RightsOrg> {
  const org = await RightsOrg.start(options);
  const { data } = org.org;
  const failures = failuresOf(deployFiles(data, gatewayFiles));
  if (failures.length > 0) throw new Error(failures.join('\n'));
  data.begin();
  data.putComponents([
    { type: 'ApexClass', fullName: 'Other', body: { content: otherClass } },
    externalCredential('Woo_Keys'),
    namedCredential(shopUrl),
  ]);
  data.putSystemRow(
    'Woo_Store__mdt',
    { DeveloperName: 'Main' },
    { Key__c: 'main', Named_Credential__c: 'Woo_Store', Active__c: true },
  );
  data.commit();
  return org;
}

/** Keeps a secret as an admin does. */
export function keepSecret(admin: User, password = 'cs_1', method = 'POST'): Promise<Reply> {
  return admin.rest(method, '/named-credentials/credential', {
    ...PLACE,
    authenticationProtocol: 'Basic',
    credentials: {
      Username: { value: 'ck_1', encrypted: false },
      Password: { value: password, encrypted: true },
    },
  });
}

/** Calls an Apex REST class. */
export async function apexRest(
  org: RightsOrg,
  user: User,
  path: string,
  method = 'GET',
  sent?: string,
) {
  const answer = await fetch(`${org.url}/services/apexrest${path}`, {
    method,
    ...(sent === undefined ? {} : { body: sent }),
    redirect: 'manual',
    headers: { authorization: `Bearer ${user.token}` },
  });
  const body = await answer.text();
  const [error] = body.startsWith('[{"') ? (JSON.parse(body) as { errorCode?: string }[]) : [];
  return { status: answer.status, headers: answer.headers, body, code: error?.errorCode };
}
