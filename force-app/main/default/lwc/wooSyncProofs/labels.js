import counted from '@salesforce/label/c.Woo_Health_Proof_Counted';
import day from '@salesforce/label/c.Woo_Health_Proof_Day';
import found from '@salesforce/label/c.Woo_Health_Proof_Found';
import heading from '@salesforce/label/c.Woo_Health_Proofs';
import none from '@salesforce/label/c.Woo_Health_Proofs_None';
import notDone from '@salesforce/label/c.Woo_Sync_Not_Done';
import notFollowed from '@salesforce/label/c.Woo_Health_Proof_Not_Followed';
import now from '@salesforce/label/c.Woo_Health_Proof_Now';
import repaired from '@salesforce/label/c.Woo_Health_Proof_Repaired';
import underWay from '@salesforce/label/c.Woo_Health_Proof_Under_Way';

export const label = { counted, day, found, heading, none, notDone, notFollowed, now, repaired, underWay };
