/** Whether only this machine or its own network can be meant: there, plain http gives nothing away. */
export function isLocalHost(host: string): boolean {
  const isNumbered = host.startsWith('[') || /^[\d.]+$/.test(host);
  if (isNumbered) return host === '[::1]' || host.startsWith('127.');
  return !host.includes('.') || host.endsWith('.localhost');
}
