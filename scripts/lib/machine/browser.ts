import { spawn } from 'node:child_process';

/** Shows a page to whoever sits at this machine; where there is no desktop, nothing happens. */
export function openInBrowser(url: string): void {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const opener =
    process.platform === 'darwin' ? 'open' : (DISPLAY ?? WAYLAND_DISPLAY) ? 'xdg-open' : undefined;
  if (opener === undefined) return;
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  // The address is printed as well.
  child.on('error', () => undefined);
  child.unref();
}
