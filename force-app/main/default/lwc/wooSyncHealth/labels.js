import allWell from '@salesforce/label/c.Woo_Health_All_Well';
import apiCalls from '@salesforce/label/c.Woo_Health_API_Calls';
import apiUsed from '@salesforce/label/c.Woo_Health_API_Used';
import attentions from '@salesforce/label/c.Woo_Health_Attentions';
import commands from '@salesforce/label/c.Woo_Health_Commands';
import issues from '@salesforce/label/c.Woo_Health_Issues';
import loading from '@salesforce/label/c.Woo_Sync_Loading';
import noCommands from '@salesforce/label/c.Woo_Health_No_Commands';
import notDone from '@salesforce/label/c.Woo_Sync_Not_Done';
import notSeen from '@salesforce/label/c.Woo_Health_Not_Seen';
import nothing from '@salesforce/label/c.Woo_Health_Nothing';
import nothingCure from '@salesforce/label/c.Woo_Health_Nothing_Cure';
import operation from '@salesforce/label/c.Woo_Health_Operation';
import quiet from '@salesforce/label/c.Woo_Sync_Quiet';
import refresh from '@salesforce/label/c.Woo_Sync_Refresh';
import spent from '@salesforce/label/c.Woo_Sync_Spent';
import title from '@salesforce/label/c.Woo_Health_Title';
import updated from '@salesforce/label/c.Woo_Health_Updated';

export const label = {
    allWell,
    apiCalls,
    apiUsed,
    attentions,
    operation,
    commands,
    issues,
    loading,
    noCommands,
    notDone,
    nothing,
    nothingCure,
    quiet,
    refresh,
    notSeen,
    spent,
    title,
    updated
};
