import type { Coordinates } from "../../../domain/place.ts";
import { locate, type Street, streets } from "../../gazetteer.ts";
import type { Random } from "../../random.ts";

/** Someone the factory delivers to; all names and numbers are invented. */
export type Customer = {
  id: number;
  name: string;
  area: string;
  address: string;
  contactName: string;
  contactPhone: string;
  /** Null where the ERP never learned them. */
  coordinates: Coordinates | null;
};

/** How many customers of an area the ERP has no coordinates for, and how many of those have no real address. */
export type Unlocated = { withoutCoordinates: number; withoutAddress: number };

const houseNames = [
  ...["锦和", "华织", "裕丰", "丽泰", "恒彩", "宏锦", "雅纺", "新棉", "鼎盛", "云裳", "春晖", "瑞布"],
  ...["佳绣", "永纶", "顺染", "金梭", "天绫", "百纺", "汇缎", "盈布", "兴绸", "美绒", "德麻", "嘉纱"],
] as const;
const trades = [
  "制衣厂",
  "服饰有限公司",
  "布行",
  "家纺店",
  "印花厂",
  "织造厂",
  "窗帘布艺",
  "内衣厂",
] as const;
const surnames = ["陈", "李", "黄", "张", "梁", "林", "何", "吴", "罗", "冯", "区", "麦"] as const;
const givenNames = ["志强", "丽华", "伟明", "秀兰", "家俊", "少芬", "国栋", "慧敏", "永健", "小燕"] as const;

/** As many customers of an area as there are house names, the last of them without a position. */
export function createCustomers(
  area: string,
  { random, firstId, unlocated }: { random: Random; firstId: number; unlocated: Unlocated },
): Customer[] {
  const [first, ...others] = streets.filter((street) => street.area === area);
  if (!first) return [];
  return houseNames.map((house, index) => {
    const fromLast = houseNames.length - index;
    const street = random.pick([first, ...others]);
    const address = addressOn(street, random);
    return {
      id: firstId + index,
      name: house + random.pick(trades),
      area,
      address: fromLast <= unlocated.withoutAddress ? vagueAddress(street) : address,
      contactName: random.pick(surnames) + random.pick(givenNames),
      contactPhone: `1380000${String(firstId + index).padStart(4, "0")}`,
      coordinates: fromLast <= unlocated.withoutCoordinates ? null : locate(address),
    };
  });
}

function addressOn({ city, district, name }: Street, random: Random): string {
  const gate = `${city}${district}${name}${random.integer(1, 388)}号`;
  return random.fraction() < 0.3 ? `${gate}${random.integer(1, 9)}栋${random.integer(1, 6)}楼` : gate;
}

/** What a clerk types who does not know yet: the route vendor cannot find it either. */
function vagueAddress({ city, district }: Street): string {
  return `${city}${district}（详细地址待确认）`;
}
