import type { Good } from "./goods.ts";

/** A good as it is written down: name, price in yuan, and what sets it apart. */
type GoodDraft = readonly [name: string, yuan: number, traits?: Partial<Good>];

type GroupDraft = {
  groupName: string;
  groupImageUrl: string | null;
  lowestSellingPrice: number;
  goods: readonly GoodDraft[];
};

const fromContainer = { taskType: 2 } as const;

/** The hotel's shop, invented; a good's name tells what happens to who orders it. */
export const groupDrafts: readonly GroupDraft[] = [
  {
    groupName: "饮品",
    groupImageUrl: "http://images.hotel.example/groups/drinks.png",
    lowestSellingPrice: 0,
    goods: [
      ["矿泉水", 2.5],
      ["苏打水", 6],
      ["无糖乌龙茶", 7],
      ["冰美式(会员价)", 18, { actualPriceFen: 1500 }],
      ["鲜榨橙汁(售罄)", 22, { initialStock: 0 }],
      ["手冲咖啡(已下架)", 38, { isOnShelf: false }],
    ],
  },
  {
    groupName: "零食",
    groupImageUrl: "http://images.hotel.example/groups/snacks.png",
    lowestSellingPrice: 0,
    goods: [
      ["薄荷糖", 1.5],
      ["原味薯片", 9.9],
      ["每日坚果", 12.8],
      ["牛肉干(限购2件)", 29.9, { purchaseLimit: 2 }],
      ["限量曲奇(仅剩3盒)", 36, { initialStock: 3 }],
    ],
  },
  {
    groupName: "夜宵",
    groupImageUrl: "http://images.hotel.example/groups/night.png",
    lowestSellingPrice: 2000,
    goods: [
      ["桶装方便面", 8],
      ["自热米饭", 26],
      ["卤味拼盘(21:00-02:00)", 48, { salePeriod: { from: 21 * 60, to: 2 * 60 } }],
    ],
  },
  {
    groupName: "早餐",
    groupImageUrl: null,
    lowestSellingPrice: 0,
    goods: [["早餐盒(06:30-09:30)", 32, { salePeriod: { from: 6.5 * 60, to: 9.5 * 60 } }]],
  },
  {
    groupName: "货柜",
    groupImageUrl: "",
    lowestSellingPrice: 0,
    goods: [
      ["充电线", 39, fromContainer],
      ["一次性雨衣", 10, fromContainer],
      ["旅行转换插头", 45, fromContainer],
      ["盲盒(货柜易卡货)", 59, { ...fromContainer, jams: true }],
    ],
  },
  {
    groupName: "客需品",
    groupImageUrl: "http://images.hotel.example/groups/supplies.png",
    lowestSellingPrice: 0,
    goods: [
      supply("沐浴露小瓶", 10001),
      supply("沐浴露补充装", 10001),
      supply("洗发水小瓶", 10002),
      supply("牙具套装", 10003),
      supply("免费矿泉水", 20001),
      supply("浴巾", 20002),
      supply("一次性拖鞋", 20003),
      supply("医用口罩", 30001),
      supply("创可贴", 30002),
    ],
  },
  {
    groupName: "服务",
    groupImageUrl: null,
    lowestSellingPrice: 0,
    goods: [
      ["婴儿床(工作人员送)", 0, { productType: 2, taskType: 0, initialStock: 4 }],
      ["欢迎水果", 0, { productType: 2 }],
      ["延迟退房券(无需派送)", 88, { taskType: 3 }],
    ],
  },
  {
    groupName: "超市",
    groupImageUrl: "http://images.hotel.example/groups/market.png",
    lowestSellingPrice: 0,
    goods: everySize(),
  },
];

function supply(name: string, guestSuppliesCode: number): GoodDraft {
  return [name, 0, { productType: 3, guestSuppliesCode }];
}

/** Enough goods for more than one page of the largest size. */
function everySize(): GoodDraft[] {
  const drinks = ["椰子水", "柠檬茶", "茉莉花茶", "普洱茶", "杏仁露", "豆奶", "酸梅汤", "电解质水"];
  const snacks = ["海苔", "山楂片", "话梅", "鱿鱼丝", "米饼", "蛋卷", "豆干", "牛轧糖", "芒果干", "爆米花"];
  return [
    ...drinks.flatMap((drink) => sizes(drink, { 小瓶: 5, 中瓶: 7.5, 大瓶: 11, 家庭装: 16.8 })),
    ...snacks.flatMap((snack) => sizes(snack, { 小包: 4.5, 中包: 8.8, 大包: 15, 礼盒: 42 })),
  ];
}

function sizes(name: string, prices: Record<string, number>): GoodDraft[] {
  return Object.entries(prices).map(([size, yuan]) => [`${name} ${size}`, yuan]);
}
