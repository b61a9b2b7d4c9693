import { expect, it } from 'vitest';
import { fileNameOf } from '../files/file-name.ts';

it.each([
  ['shirt.png', 'shirt', 'png', 'PNG'],
  ['/home/ada/shirts/summer.shirt.JPG', 'summer.shirt', 'JPG', 'JPG'],
  ['C:\\shirts\\list.xlsx', 'list', 'xlsx', 'EXCEL_X'],
  ['notes.txt', 'notes', 'txt', 'TEXT'],
  ['shirt.heic', 'shirt', 'heic', 'UNKNOWN'],
  ['README', 'README', null, 'UNKNOWN'],
  ['.htaccess', '.htaccess', null, 'UNKNOWN'],
  ['shirt.', 'shirt.', null, 'UNKNOWN'],
])('%s', (path, title, extension, type) => {
  expect(fileNameOf(path)).toEqual({ title, extension, type });
});
