import absent from '@salesforce/label/c.Woo_Sync_Absent';
import absentDetail from '@salesforce/label/c.Woo_Sync_Absent_Detail';
import conflict from '@salesforce/label/c.Woo_Sync_Conflict';
import conflictAsk from '@salesforce/label/c.Woo_Sync_Conflict_Ask';
import conflictDetail from '@salesforce/label/c.Woo_Sync_Conflict_Detail';
import failed from '@salesforce/label/c.Woo_Sync_Failed';
import failedDetail from '@salesforce/label/c.Woo_Sync_Failed_Detail';
import inStep from '@salesforce/label/c.Woo_Sync_In_Step';
import inStepDetail from '@salesforce/label/c.Woo_Sync_In_Step_Detail';
import loading from '@salesforce/label/c.Woo_Sync_Loading';
import notDone from '@salesforce/label/c.Woo_Sync_Not_Done';
import quiet from '@salesforce/label/c.Woo_Sync_Quiet';
import refresh from '@salesforce/label/c.Woo_Sync_Refresh';
import syncNow from '@salesforce/label/c.Woo_Sync_Now';
import title from '@salesforce/label/c.Woo_Sync_Title';
import waiting from '@salesforce/label/c.Woo_Sync_Waiting';
import waitingDetail from '@salesforce/label/c.Woo_Sync_Waiting_Detail';

export const label = { loading, notDone, quiet, refresh, syncNow, title };

/** How each state of a record looks. `detailToAsk` is for who may not do what the detail says. */
export const states = {
    in_step: { title: inStep, detail: inStepDetail, icon: 'utility:success', variant: 'success' },
    waiting: { title: waiting, detail: waitingDetail, icon: 'utility:clock' },
    conflict: {
        title: conflict,
        detail: conflictDetail,
        detailToAsk: conflictAsk,
        icon: 'utility:warning',
        variant: 'warning'
    },
    failed: { title: failed, detail: failedDetail, icon: 'utility:error', variant: 'error' },
    absent: { title: absent, detail: absentDetail, icon: 'utility:info' }
};
