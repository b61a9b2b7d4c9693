/** Opens an org and has its Apex ready; prints the seconds of CPU that the Apex took. */
import { programOf } from '../../local/org/apex/host/programs.ts';
import { createOrgData } from '../../local/org/data/org-data.ts';

const file = process.env['BENCH_ORG_FILE'];
if (file === undefined) throw new Error('BENCH_ORG_FILE names no org.');
const org = createOrgData({ file });
const before = process.cpuUsage();
const { classes } = programOf(org);
const { user, system } = process.cpuUsage(before);
org.close();
if (classes.length === 0) throw new Error(`${file} holds no Apex.`);
process.stdout.write(`${(user + system) / 1e6}`);
