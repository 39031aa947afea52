/** A dish of the seed; prices in fen. */
export type MenuDish = {
  name: string;
  category: string;
  description: string;
  priceFen: number;
  originalPriceFen: number | null;
  tags: readonly string[];
  specs: readonly (readonly [name: string, priceFen: number])[];
};

/** A merchant of the seed; all are invented. */
export type MenuMerchant = {
  name: string;
  description: string;
  contactPerson: string;
  contactPhone: string;
  deliveryFeeFen: number;
  packageFeeFen: number;
  stores: readonly (readonly [name: string, address: string])[];
  dishes: readonly MenuDish[];
};

type DishRow = readonly [name: string, category: string, description: string, priceFen: number];
type DishMore = Partial<Pick<MenuDish, "originalPriceFen" | "tags" | "specs">>;

function dish([name, category, description, priceFen]: DishRow, more: DishMore = {}): MenuDish {
  return { name, category, description, priceFen, originalPriceFen: null, tags: [], specs: [], ...more };
}

/** The merchants of the tenant that the sandbox's environment names; the first is the document's. */
export const menu: readonly MenuMerchant[] = [
  {
    name: "美味餐厅",
    description: "专注美食20年",
    contactPerson: "张三",
    contactPhone: "400-123-4567",
    deliveryFeeFen: 500,
    packageFeeFen: 0,
    stores: [
      ["总店", "广州市天河区体育东路88号"],
      ["珠吉店", "广州市天河区珠吉路21号"],
    ],
    dishes: [
      dish(["宫保鸡丁", "热菜", "经典川菜，选用优质鸡肉", 3800], {
        originalPriceFen: 4800,
        tags: ["热销", "招牌菜"],
        specs: [
          ["大份", 4800],
          ["小份", 2800],
        ],
      }),
      dish(["鱼香肉丝", "热菜", "酸甜微辣，下饭", 3200], { tags: ["热销"] }),
      dish(["麻婆豆腐", "热菜", "麻辣鲜香", 2200]),
      dish(["清炒时蔬", "热菜", "当日新鲜蔬菜", 1880]),
      dish(["米饭", "主食", "东北大米", 300]),
    ],
  },
  {
    name: "粤香茶餐厅",
    description: "港式茶点与烧味",
    contactPerson: "麦永健",
    contactPhone: "020-38881234",
    deliveryFeeFen: 350,
    packageFeeFen: 200,
    stores: [["汾江店", "佛山市禅城区汾江中路120号"]],
    dishes: [
      dish(["鲜虾云吞面", "主食", "竹升面配鲜虾云吞", 2650], { tags: ["招牌菜"] }),
      dish(["叉烧饭", "主食", "蜜汁叉烧", 2990], {
        specs: [
          ["标准", 2990],
          ["加叉烧", 3990],
        ],
      }),
      dish(["干炒牛河", "主食", "镬气十足", 3150]),
      dish(["丝袜奶茶", "饮品", "港式冲泡", 1450], {
        tags: ["热销"],
        specs: [
          ["热", 1450],
          ["冻", 1650],
        ],
      }),
    ],
  },
  {
    name: "大漠烤肉",
    description: "西北风味烤肉与面食",
    contactPerson: "马建国",
    contactPhone: "020-83335678",
    deliveryFeeFen: 600,
    packageFeeFen: 150,
    stores: [["机场路店", "广州市白云区机场路300号"]],
    dishes: [
      dish(["羊肉串", "烧烤", "十串一份", 4500], { tags: ["招牌菜"] }),
      dish(["大盘鸡", "热菜", "配皮带面", 8880], { originalPriceFen: 9980 }),
      dish(["拉条子", "主食", "手工拌面", 2780]),
      dish(["酸奶", "饮品", "自制酸奶", 990]),
    ],
  },
];

/** A merchant of another tenant of the same SaaS: whoever is signed in to the first must not see it. */
export const neighbourMenu: readonly MenuMerchant[] = [
  {
    name: "隔壁面馆",
    description: "手擀面",
    contactPerson: "吴十一",
    contactPhone: "020-81110000",
    deliveryFeeFen: 300,
    packageFeeFen: 0,
    stores: [["本店", "广州市番禺区石楼镇人民路9号"]],
    dishes: [dish(["红烧牛肉面", "主食", "大块牛肉", 2600])],
  },
];
