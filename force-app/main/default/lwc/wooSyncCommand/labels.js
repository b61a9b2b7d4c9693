import hideResult from '@salesforce/label/c.Woo_Sync_Hide_Result';
import notDone from '@salesforce/label/c.Woo_Sync_Not_Done';
import progress from '@salesforce/label/c.Woo_Sync_Progress';
import result from '@salesforce/label/c.Woo_Sync_Result';
import showResult from '@salesforce/label/c.Woo_Sync_Show_Result';
import stop from '@salesforce/label/c.Woo_Sync_Cancel_Command';

export const label = { hideResult, notDone, progress, result, showResult, stop };
