import allStores from '@salesforce/label/c.Woo_Health_All_Stores';
import backfill from '@salesforce/label/c.Woo_Action_Backfill';
import backfillHelp from '@salesforce/label/c.Woo_Action_Backfill_Help';
import badId from '@salesforce/label/c.Woo_Action_Bad_Id';
import badIds from '@salesforce/label/c.Woo_Action_Bad_Ids';
import badRecord from '@salesforce/label/c.Woo_Action_Bad_Record';
import close from '@salesforce/label/c.Woo_Action_Close';
import customer from '@salesforce/label/c.Woo_Action_Customer';
import dryRun from '@salesforce/label/c.Woo_Action_Dry_Run';
import dryRunHelp from '@salesforce/label/c.Woo_Action_Dry_Run_Help';
import explain from '@salesforce/label/c.Woo_Action_Explain';
import explainHelp from '@salesforce/label/c.Woo_Action_Explain_Help';
import heading from '@salesforce/label/c.Woo_Health_Actions';
import id from '@salesforce/label/c.Woo_Action_Id';
import ids from '@salesforce/label/c.Woo_Action_Ids';
import idsHelp from '@salesforce/label/c.Woo_Action_Ids_Help';
import noStore from '@salesforce/label/c.Woo_Action_No_Store';
import notDone from '@salesforce/label/c.Woo_Sync_Not_Done';
import order from '@salesforce/label/c.Woo_Action_Order';
import product from '@salesforce/label/c.Woo_Action_Product';
import reconcile from '@salesforce/label/c.Woo_Action_Reconcile';
import reconcileHelp from '@salesforce/label/c.Woo_Action_Reconcile_Help';
import record from '@salesforce/label/c.Woo_Action_Record';
import recordId from '@salesforce/label/c.Woo_Action_Record_Id';
import reload from '@salesforce/label/c.Woo_Action_Reload';
import reloadHelp from '@salesforce/label/c.Woo_Action_Reload_Help';
import retry from '@salesforce/label/c.Woo_Action_Retry_All';
import retryHelp from '@salesforce/label/c.Woo_Action_Retry_All_Help';
import start from '@salesforce/label/c.Woo_Action_Start';
import store from '@salesforce/label/c.Woo_Health_Store';
import sync from '@salesforce/label/c.Woo_Action_Sync';
import syncHelp from '@salesforce/label/c.Woo_Action_Sync_Help';
import which from '@salesforce/label/c.Woo_Action_Which';

export const label = {
    allStores,
    badId,
    badIds,
    badRecord,
    close,
    customer,
    heading,
    id,
    ids,
    idsHelp,
    noStore,
    notDone,
    order,
    product,
    record,
    recordId,
    start,
    store,
    which
};

/** What the buttons say, and what their forms explain. */
export const actions = [
    { type: 'retry', name: retry, help: retryHelp, icon: 'utility:redo' },
    { type: 'sync', name: sync, help: syncHelp, icon: 'utility:sync' },
    { type: 'explain', name: explain, help: explainHelp, icon: 'utility:question' },
    { type: 'dry_run', name: dryRun, help: dryRunHelp, icon: 'utility:preview' },
    { type: 'backfill', name: backfill, help: backfillHelp, icon: 'utility:download' },
    { type: 'reconcile', name: reconcile, help: reconcileHelp, icon: 'utility:merge' },
    { type: 'reload', name: reload, help: reloadHelp, icon: 'utility:refresh' }
];
