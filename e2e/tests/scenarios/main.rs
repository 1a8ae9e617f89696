//! What people do with Farhand, one file per scenario. All in one program, since linking each of them takes longer than
//! playing it.

mod accounts;
mod invited_by_sms;
