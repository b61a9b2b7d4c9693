import backfill from '@salesforce/label/c.Woo_Editor_Backfill';
import backfillFailed from '@salesforce/label/c.Woo_Editor_Backfill_Failed';
import backfillGiven from '@salesforce/label/c.Woo_Editor_Backfill_Given';
import saved from '@salesforce/label/c.Woo_Editor_Saved';

export const label = {
    backfill,
    backfillFailed,
    backfillGiven,
    saved
};
