mod hand;
mod scene;

use super::Point;
use crate::id::PersonId;
use crate::time::Time;

const ANA: PersonId = PersonId::from_u128(1);
const BO: PersonId = PersonId::from_u128(2);
const START: Time = Time::from_millis(1_000_000);

const fn at(millis: u64) -> Time {
    Time::from_millis(START.millis() + millis)
}

const fn spot(x: u16, y: u16) -> Point {
    Point { x, y }
}
