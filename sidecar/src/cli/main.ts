import { runProgram } from './program.ts';

const { argv, env, stdout, stderr } = process;
process.exitCode = await runProgram(argv.slice(2), env, stdout, stderr);
