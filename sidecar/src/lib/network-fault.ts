/** Why a request got no answer, in words that can follow "<host> cannot be reached: ". */
export interface NetworkFault {
  readonly reason: string;
  /** Whether it may pass by itself. */
  readonly transient: boolean;
}

const faults: Readonly<Record<string, NetworkFault>> = {
  ENOTFOUND: { reason: 'no such host name', transient: false },
  EAI_AGAIN: { reason: 'the host name could not be looked up', transient: true },
  ECONNREFUSED: { reason: 'nothing listens at that address', transient: true },
  EHOSTUNREACH: { reason: 'there is no way to that host', transient: true },
  ENETUNREACH: { reason: 'there is no network', transient: true },
  ETIMEDOUT: { reason: 'it did not answer in time', transient: true },
  UND_ERR_CONNECT_TIMEOUT: { reason: 'it did not answer in time', transient: true },
};

const deadline: NetworkFault = { reason: 'it did not answer in time', transient: true };
const cut: NetworkFault = { reason: 'the connection was cut', transient: true };

/** Explains what fetch, axios or a socket threw. Quotes nothing but the error's code. */
export function networkFault(error: unknown): NetworkFault {
  const code = firstCode(error);
  if (['TimeoutError', 'AbortError', 'ERR_CANCELED', 'ECONNABORTED'].includes(code))
    return deadline;
  if (/^(?:ECONNRESET|EPIPE|UND_ERR_.*|HPE_.*|ERR_STREAM_PREMATURE_CLOSE|Z_.*)$/.test(code))
    return faults[code] ?? cut;
  if (/CERT|SIGNATURE/.test(code))
    return { reason: `its TLS certificate is not trusted (${code})`, transient: false };
  if (/^(?:EPROTO|ERR_SSL_.*)$/.test(code))
    return { reason: `it does not speak TLS at that port (${code})`, transient: false };
  return faults[code] ?? { reason: `the connection failed (${code})`, transient: true };
}

/** The code of the error or of the nearest cause that has one; else the name of the error. */
function firstCode(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at.name === 'TimeoutError' || at.name === 'AbortError') return at.name;
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return error instanceof Error ? error.name : 'unknown';
}
