import apiCalls from '@salesforce/label/c.Woo_Health_API_Calls';
import apiDay from '@salesforce/label/c.Woo_Health_API_Day';
import askAdmin from '@salesforce/label/c.Woo_Health_Ask_Admin';
import attention from '@salesforce/label/c.Woo_Health_Attention';
import backlog from '@salesforce/label/c.Woo_Health_Backlog';
import configuration from '@salesforce/label/c.Woo_Health_Configuration';
import details from '@salesforce/label/c.Woo_Health_Details';
import down from '@salesforce/label/c.Woo_Health_Down';
import downCure from '@salesforce/label/c.Woo_Health_Down_Cure';
import healthy from '@salesforce/label/c.Woo_Health_Healthy';
import issues from '@salesforce/label/c.Woo_Health_Issues';
import lag from '@salesforce/label/c.Woo_Health_Lag';
import lastEvent from '@salesforce/label/c.Woo_Health_Last_Event';
import lastReconcile from '@salesforce/label/c.Woo_Health_Last_Reconcile';
import lastSeen from '@salesforce/label/c.Woo_Health_Last_Seen';
import lastSweep from '@salesforce/label/c.Woo_Health_Last_Sweep';
import late from '@salesforce/label/c.Woo_Health_Late';
import left from '@salesforce/label/c.Woo_Health_Left';
import leftCure from '@salesforce/label/c.Woo_Health_Left_Cure';
import never from '@salesforce/label/c.Woo_Health_Never';
import neverSeen from '@salesforce/label/c.Woo_Health_Never_Seen';
import noLag from '@salesforce/label/c.Woo_Health_No_Lag';
import paused from '@salesforce/label/c.Woo_Health_Paused';
import unknown from '@salesforce/label/c.Woo_Health_Unknown';
import unreachable from '@salesforce/label/c.Woo_Health_Unreachable';
import webhooks from '@salesforce/label/c.Woo_Health_Webhooks';
import webhooksActive from '@salesforce/label/c.Woo_Health_Webhooks_Active';

export const label = {
    apiCalls,
    apiDay,
    askAdmin,
    attention,
    backlog,
    configuration,
    details,
    down,
    downCure,
    healthy,
    issues,
    lag,
    lastEvent,
    lastReconcile,
    lastSeen,
    lastSweep,
    late,
    left,
    leftCure,
    never,
    neverSeen,
    noLag,
    paused,
    unknown,
    unreachable,
    webhooks,
    webhooksActive
};
